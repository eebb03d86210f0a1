namespace AltSendme.Abstractions;

/// <summary>Base of every error that a user may see. The message is one sentence or two for people; the code is for scripts and never changes its meaning.</summary>
/// <param name="code">Stable code such as <c>peer.unreachable</c>, listed in docs/errors.md.</param>
/// <param name="message">What happened, to which file or peer, and what to do next.</param>
/// <param name="innerException">The cause, where there is one.</param>
public abstract class AltSendmeException(string code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;
}
