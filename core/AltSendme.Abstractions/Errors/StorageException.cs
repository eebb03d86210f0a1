namespace AltSendme.Abstractions;

/// <summary>Reading or writing files failed: disk full, no permission, a file that changed while it was shared.</summary>
/// <param name="code">Stable code, listed in docs/errors.md.</param>
/// <param name="message">What happened, to which file or peer, and what to do next.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class StorageException(string code, string message, Exception? innerException = null) : AltSendmeException(code, message, innerException);
