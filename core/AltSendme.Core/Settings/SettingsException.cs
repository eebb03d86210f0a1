using AltSendme.Abstractions;
using AltSendme.Core.Errors;

namespace AltSendme.Core.Settings;

/// <summary>The settings can't be used. The message lists every fault with its key.</summary>
/// <param name="message">What is wrong and where.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class SettingsException(string message, Exception? innerException = null) : AltSendmeException(ErrorCodes.SettingsInvalid, message, innerException);
