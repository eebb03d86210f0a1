using System.Net.Sockets;
using System.Security.Authentication;

namespace AltSendme.DirectConnections.Dialing;

/// <summary>What the platform throws when the other side, or the way there, is to blame.</summary>
public static class LinkFailure
{
    /// <summary>Whether an exception is what a dead or closed link looks like on this platform.</summary>
    public static bool Is(Exception exception) =>
        exception is IOException or SocketException or ObjectDisposedException or AuthenticationException or InvalidOperationException or OperationCanceledException;
}
