using AltSendme.Quic.Crypto;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic;

/// <summary>What users do with streams and datagrams. After each call, transmit.</summary>
internal sealed partial class Connection
{
    private const ulong SmallestSendBudget = 256 * 1024;
    private const int AckDelayExponent = 3;
    private const int QueueAllowance = 4;

    /// <summary>Largest payload for <see cref="TrySendDatagram"/> in bytes; 0 when the peer takes none.</summary>
    public int MaxDatagramPayload
    {
        get
        {
            if (_peer is not { MaxDatagramFrameSize: > 0 } peer)
                return 0;
            const int LongestFrameHeader = 1 + 4;
            var packet = _path.Mtu.Current - ShortHeader.Length(_path.Destination.Id.Length, sizeof(uint)) - CryptoConstants.TagLength;
            return (int)Math.Min((ulong)packet, peer.MaxDatagramFrameSize) - LongestFrameHeader;
        }
    }

    /// <summary>Bytes of stream data that are written and not yet acknowledged.</summary>
    public ulong UnacknowledgedBytes => _streams.Held;

    // Twice what the path can carry keeps the sender busy; more would only wait here.
    private ulong SendBudget => Math.Min(_options.MaxSendBuffer, (2 * _path.Congestion.Window) + SmallestSendBudget);

    // What receive windows are tuned by. A queue that a large window has built up lengthens round trips, which must not be a reason for a still larger window.
    private TimeSpan WindowRoundTrip => _path.Rtt.HasSample && _path.Rtt.Smoothed > QueueAllowance * _path.Rtt.Min ? QueueAllowance * _path.Rtt.Min : _path.Rtt.Smoothed;

    /// <summary>Opens a stream; false before the connection is established or when the peer's limit is reached, in which case an event follows.</summary>
    public bool TryOpenStream(StreamDirection direction, out StreamId id)
    {
        id = default;
        return _lifecycle.IsEstablished && _streams.TryOpen(direction, out id);
    }

    /// <summary>Takes the next stream that the peer opened.</summary>
    public bool TryAcceptStream(StreamDirection direction, out StreamId id) => _streams.TryAccept(direction, out id);

    /// <summary>Writes as much as fits now.</summary>
    public StreamWriteResult Write(StreamId id, ReadOnlySpan<byte> bytes) => _streams.Write(id, bytes, SendBudget);

    /// <summary>Ends our part of a stream.</summary>
    public bool Finish(StreamId id) => _streams.Finish(id);

    /// <summary>Abandons our part of a stream (RFC 9000, section 3.3).</summary>
    public bool Reset(StreamId id, ulong errorCode) => _streams.Reset(id, errorCode);

    /// <summary>Reads what came; what was read is given back to the peer as credit.</summary>
    public StreamReadResult Read(StreamId id, Span<byte> destination, Instant now) => _streams.Read(id, destination, WindowRoundTrip, now);

    /// <summary>Asks the peer to stop sending (RFC 9000, section 3.5).</summary>
    public bool Stop(StreamId id, ulong errorCode) => _streams.Stop(id, errorCode);

    /// <summary>Streams of a higher priority go first; 0 is where all begin. Takes effect when the stream next has something to send.</summary>
    public bool SetPriority(StreamId id, int priority) => _streams.SetPriority(id, priority);

    /// <summary>Queues an unreliable datagram (RFC 9221); false when it is too large for the path or the peer.</summary>
    public bool TrySendDatagram(ReadOnlySpan<byte> payload)
    {
        if (!_lifecycle.IsEstablished || payload.Length > MaxDatagramPayload)
            return false;
        _datagramsOut.Enqueue(payload);
        return true;
    }

    /// <summary>Bytes of the next datagram that arrived; -1 when there is none.</summary>
    public int NextDatagramLength => _datagramsIn.Count > 0 ? _datagramsIn.NextLength : -1;

    /// <summary>Copies the next datagram that arrived and returns its length; -1 when there is none. What does not fit is cut.</summary>
    public int ReadDatagram(Span<byte> destination)
    {
        if (_datagramsIn.Count == 0)
            return -1;
        var length = Math.Min(_datagramsIn.NextLength, destination.Length);
        _datagramsIn.Peek()[..length].CopyTo(destination);
        _datagramsIn.Drop();
        return length;
    }
}
