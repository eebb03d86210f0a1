using System.Buffers.Binary;
using AltSendme.Primitives.Encoding;

namespace AltSendme.RelayProtocol;

/// <summary>A datagram, or several of one size, with the endpoint they go to or come from. Points into the frame it was read from.</summary>
public readonly ref struct Datagrams
{
    /// <summary>The 32 bytes of the other endpoint's id: destination on the way to the relay, source on the way from it.</summary>
    public required ReadOnlySpan<byte> Peer { get; init; }

    /// <summary>Congestion mark: the two bits of RFC 3168 in the lowest places. A relay passes the byte on as it is.</summary>
    public required byte Ecn { get; init; }

    /// <summary>Bytes of each datagram in a batch; 0 where <see cref="Contents"/> is one datagram.</summary>
    public required ushort SegmentSize { get; init; }

    /// <summary>The datagrams, one after the other; only the last may be shorter.</summary>
    public required ReadOnlySpan<byte> Contents { get; init; }

    /// <summary>Whether this is written as a batch: a segment size that the contents exceed.</summary>
    public bool IsBatch => SegmentSize != 0;

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int EncodedLength => 1 + RelayLimits.EndpointId + 1 + (IsBatch ? 2 : 0) + Contents.Length;

    /// <summary>Writes a frame and returns its length.</summary>
    /// <param name="destination">At least <see cref="EncodedLength"/> bytes.</param>
    /// <param name="fromRelay">Which way it goes.</param>
    /// <exception cref="ArgumentException">The destination is too short, the id has not 32 bytes, or the contents are longer than <see cref="RelayLimits.MaxContents"/>.</exception>
    public int Write(Span<byte> destination, bool fromRelay)
    {
        if (Peer.Length != RelayLimits.EndpointId || Contents.Length > RelayLimits.MaxContents || destination.Length < EncodedLength)
            throw new ArgumentException($"A frame of {EncodedLength} bytes does not fit into {destination.Length}, or breaks the protocol's limits.", nameof(destination));

        destination[0] = (byte)(fromRelay
            ? IsBatch ? FrameType.RelayToClientBatch : FrameType.RelayToClientDatagram
            : IsBatch ? FrameType.ClientToRelayBatch : FrameType.ClientToRelayDatagram);
        Peer.CopyTo(destination[1..]);
        destination[1 + RelayLimits.EndpointId] = Ecn;
        var position = 1 + RelayLimits.EndpointId + 1;
        if (IsBatch)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[position..], SegmentSize);
            position += sizeof(ushort);
        }

        Contents.CopyTo(destination[position..]);
        return position + Contents.Length;
    }

    /// <summary>Reads what follows the frame's type. A segment size of 0 stands for one datagram, as iroh reads it.</summary>
    internal static bool TryRead(scoped ref SpanReader reader, bool isBatch, out Datagrams datagrams)
    {
        datagrams = default;
        ushort segmentSize = 0;
        if (!reader.TryReadBytes(RelayLimits.EndpointId, out var peer) || !reader.TryReadByte(out var ecn) || (isBatch && !reader.TryReadUInt16BigEndian(out segmentSize)))
            return false;
        datagrams = new Datagrams { Peer = peer, Ecn = ecn, SegmentSize = segmentSize, Contents = reader.Remaining };
        return true;
    }
}
