using AltSendme.Quic.Streams;

namespace AltSendme.Quic;

/// <summary>What happened on a connection that its user should know.</summary>
internal enum ConnectionEventKind : byte
{
    /// <summary>The handshake is complete and the peer authenticated; streams may be opened.</summary>
    Connected,

    /// <summary>The handshake is confirmed.</summary>
    Confirmed,

    /// <summary>The peer opened streams of <see cref="ConnectionEvent.Direction"/>; accept until there are none.</summary>
    StreamsOpened,

    /// <summary>More streams of <see cref="ConnectionEvent.Direction"/> may be opened.</summary>
    StreamsAvailable,

    /// <summary>A read would give something; told once until a read gave Blocked.</summary>
    StreamReadable,

    /// <summary>A write that was Blocked would now be accepted.</summary>
    StreamWritable,

    /// <summary>The peer does not want a stream; <see cref="ConnectionEvent.ErrorCode"/> is its code.</summary>
    StreamStopped,

    /// <summary>The peer has all bytes and the end of a stream, or knows that it was reset.</summary>
    StreamSent,

    /// <summary>A DATAGRAM arrived.</summary>
    DatagramReceived,

    /// <summary>The connection now uses another path.</summary>
    PathChanged,

    /// <summary>The peer said at which address it sees this end: <see cref="Connection.ObservedAddress"/>.</summary>
    AddressObserved,

    /// <summary>The connection ended; <see cref="Connection.CloseReason"/> tells why. Nothing follows.</summary>
    Closed,
}

/// <summary>One event.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="StreamId">The stream, where the event is about one.</param>
/// <param name="ErrorCode">The application's code, where the event has one.</param>
/// <param name="Direction">The kind of streams, where the event is about one.</param>
internal readonly record struct ConnectionEvent(ConnectionEventKind Kind, StreamId StreamId = default, ulong ErrorCode = 0, StreamDirection Direction = default);
