using System.Net.Quic;
using AltSendme.DirectConnections.Dialing;

namespace AltSendme.Transports.MsQuic;

/// <summary>Every time limit and count of a connection in one place.</summary>
internal static class ConnectionLimits
{
    /// <summary>Streams that a peer may have open at once, and accepted streams that wait for the application.</summary>
    public const int MaxStreams = 100;

    /// <summary>Bytes that a peer may send on a stream that nobody reads; MsQuic widens it for a reader that is fast. A power of two.</summary>
    public const int StreamWindow = 256 * 1024;

    /// <summary>Bytes that a peer may send on all streams, read or not; a power of two above <see cref="MaxStreams"/> windows, so that streams that nobody reads do not stop the others.</summary>
    public const int ConnectionWindow = 32 * 1024 * 1024;

    /// <summary>Bytes that wait in each of a stream's two pipes.</summary>
    public const int PipeLength = 1024 * 1024;

    /// <summary>Longest reason of a close, in bytes of UTF-8.</summary>
    public const int MaxReasonLength = 1024;

    /// <summary>Connections whose handshake is under way or that nobody has taken yet; more are turned away.</summary>
    public const int MaxWaitingConnections = 128;

    /// <summary>How long what was flushed before a close may take to leave, and again to arrive.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    /// <summary>How long a farewell may take after that.</summary>
    public static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    /// <summary>Sets what both sides have in common.</summary>
    public static T Apply<T>(T options)
        where T : QuicConnectionOptions
    {
        options.DefaultCloseErrorCode = 0;
        options.DefaultStreamErrorCode = 0;
        options.MaxInboundBidirectionalStreams = MaxStreams;
        options.MaxInboundUnidirectionalStreams = 1;   // the peer's control stream
        options.HandshakeTimeout = DialLimits.HandshakeTime;
        options.IdleTimeout = TimeSpan.FromSeconds(30);
        options.KeepAliveInterval = TimeSpan.FromSeconds(5);
        options.InitialReceiveWindowSizes.Connection = ConnectionWindow;
        options.InitialReceiveWindowSizes.LocallyInitiatedBidirectionalStream = StreamWindow;
        options.InitialReceiveWindowSizes.RemotelyInitiatedBidirectionalStream = StreamWindow;
        return options;
    }
}
