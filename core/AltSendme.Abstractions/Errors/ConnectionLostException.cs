namespace AltSendme.Abstractions;

/// <summary>The connection of a stream has ended. <see cref="Closure"/> says how.</summary>
/// <param name="closure">How it ended.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ConnectionLostException(ConnectionClosure closure, Exception? innerException = null)
    : TransportException("connection.lost", Describe(closure), innerException)
{
    /// <summary>How the connection ended.</summary>
    public ConnectionClosure Closure { get; } = closure;

    private static string Describe(ConnectionClosure closure)
    {
        ArgumentNullException.ThrowIfNull(closure);
        return closure.Initiator switch
        {
            CloseInitiator.Peer => $"The peer closed the connection (code {closure.Code}).",
            CloseInitiator.Local => "The connection was closed on this side.",
            _ => "The connection to the peer was lost.",
        };
    }
}
