namespace AltSendme.Relays.Server.Configuration;

/// <summary>The settings can't be used; the message names every fault with its key.</summary>
internal sealed class RelayConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);
