namespace AltSendme.Abstractions;

/// <summary>The network or a transport failed on this side.</summary>
/// <param name="code">Stable code, listed in docs/errors.md.</param>
/// <param name="message">What happened, to which file or peer, and what to do next.</param>
/// <param name="innerException">The cause, where there is one.</param>
public class TransportException(string code, string message, Exception? innerException = null) : AltSendmeException(code, message, innerException);
