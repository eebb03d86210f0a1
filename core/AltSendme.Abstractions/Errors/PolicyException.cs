namespace AltSendme.Abstractions;

/// <summary>Policy forbids what was asked; the message says who decided and what is allowed.</summary>
/// <param name="code">Stable code, listed in docs/errors.md.</param>
/// <param name="message">What happened, to which file or peer, and what to do next.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class PolicyException(string code, string message, Exception? innerException = null) : AltSendmeException(code, message, innerException);
