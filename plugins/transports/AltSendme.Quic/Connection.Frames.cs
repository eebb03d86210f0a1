using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic;

/// <summary>What each frame does (RFC 9000, sections 12.4 and 19).</summary>
internal sealed partial class Connection
{
    private static readonly TransportError NoFrames = TransportError.ProtocolViolation("A packet has no frames");
    private static readonly TransportError UnknownFrame = TransportError.FrameEncoding("A frame type is not known");
    private static readonly TransportError BadTypeEncoding = TransportError.FrameEncoding("A frame type is not encoded in its shortest form");
    private static readonly TransportError WrongSpace = TransportError.ProtocolViolation("A frame is not allowed in this packet type");
    private static readonly TransportError NotForServers = TransportError.ProtocolViolation("A client sent a frame that only servers send");
    private static readonly TransportError UnwantedDatagram = TransportError.ProtocolViolation("A DATAGRAM frame is larger than was allowed");

    private FrameOutcome ProcessFrames(ReadOnlySpan<byte> payload, in OpenedPacket packet, Path path, Instant now, out TransportError error)
    {
        var reader = new SpanReader(payload);
        var isAckEliciting = false;
        var isProbing = true;
        error = payload.IsEmpty ? NoFrames : default;
        while (!error.IsError && !reader.IsAtEnd && _lifecycle.IsOpen)
        {
            // A run of padding, one byte each, is most of an Initial.
            if (reader.Remaining[0] == FrameType.Padding)
            {
                var run = reader.Remaining.IndexOfAnyExcept((byte)0);
                reader.TryReadBytes(run < 0 ? reader.Remaining.Length : run, out _);
                continue;
            }

            var before = reader.Remaining.Length;
            if (!reader.TryReadVarInt(out var type))
            {
                error = UnknownFrame;
                break;
            }

            if (before - reader.Remaining.Length != QuicVarInt.Length(type))
                error = BadTypeEncoding;
            else if (!FrameType.IsKnown(type))
                error = UnknownFrame;
            else if (!FrameType.IsAllowed(type, packet.Space.Level))
                error = WrongSpace;
            else if (!ProcessFrame(type, ref reader, packet, path, now, out error))
                error = error with { FrameType = type };
            isAckEliciting |= FrameType.IsAckEliciting(type);
            isProbing &= FrameType.IsProbing(type);
        }

        return new FrameOutcome(isAckEliciting, isProbing);
    }

    private bool ProcessFrame(ulong type, ref SpanReader reader, in OpenedPacket packet, Path path, Instant now, out TransportError error)
    {
        error = default;
        switch (type)
        {
            case FrameType.Ping:
                return true;
            case FrameType.Ack or FrameType.AckEcn:
                return AckFrame.TryRead(ref reader, type == FrameType.AckEcn, out var ack, out error) && OnAck(packet.Space, ack, now, out error);
            case FrameType.AckFrequency:
                return AckFrequencyFrame.TryRead(ref reader, out var frequency, out error) && packet.Space.Received.Policy.OnRequest(frequency, out error);
            case FrameType.ImmediateAck:
                packet.Space.Received.OnImmediateRequest();
                return true;
            case FrameType.Crypto:
                return CryptoFrame.TryRead(ref reader, out var crypto, out error) && OnCrypto(packet.Space, crypto, now, out error);
            case >= FrameType.Stream and <= FrameType.StreamLast:
                return StreamFrame.TryRead(ref reader, type, out var stream, out error) && _streams.OnStream(stream, out error);
            case FrameType.ConnectionCloseTransport or FrameType.ConnectionCloseApplication:
                if (!ConnectionCloseFrame.TryRead(ref reader, type == FrameType.ConnectionCloseApplication, out var close, out error))
                    return false;
                OnPeerClose(close, now);
                return true;
            case FrameType.Datagram or FrameType.DatagramWithLength:
                return OnDatagram(ref reader, type, out error);
            case FrameType.NewConnectionId or FrameType.RetireConnectionId or FrameType.PathChallenge or FrameType.PathResponse:
                return ProcessPathFrame(type, ref reader, packet, path, now, out error);
            case FrameType.ObservedIpv4Address or FrameType.ObservedIpv6Address:
                return OnObservedAddress(ref reader, type == FrameType.ObservedIpv6Address, path, out error);
            case FrameType.NewToken or FrameType.HandshakeDone:
                return ProcessServerFrame(type, ref reader, now, out error);
            default:
                return ProcessStreamControl(type, ref reader, out error);
        }
    }

    private bool ProcessStreamControl(ulong type, ref SpanReader reader, out TransportError error)
    {
        switch (type)
        {
            case FrameType.ResetStream:
                return ResetStreamFrame.TryRead(ref reader, out var reset, out error) && _streams.OnReset(reset, out error);
            case FrameType.StopSending:
                return StopSendingFrame.TryRead(ref reader, out var stop, out error) && _streams.OnStopSending(stop, out error);
            case FrameType.MaxStreamData:
                return MaxStreamDataFrame.TryRead(ref reader, out var credit, out error) && _streams.OnMaxStreamData(credit, out error);
            case FrameType.StreamDataBlocked:
                return StreamDataBlockedFrame.TryRead(ref reader, out var blocked, out error) && _streams.OnDataBlocked(blocked.StreamId, out error);
            case FrameType.MaxData:
                if (!MaxDataFrame.TryRead(ref reader, out var maxData, out error))
                    return false;
                _streams.OnMaxData(maxData.Maximum);
                return true;
            case FrameType.MaxStreamsBidirectional or FrameType.MaxStreamsUnidirectional:
                if (!MaxStreamsFrame.TryRead(ref reader, DirectionOf(type == FrameType.MaxStreamsBidirectional), out var maxStreams, out error))
                    return false;
                _streams.OnMaxStreams(maxStreams.Direction, maxStreams.Maximum);
                return true;
            case FrameType.DataBlocked:
                return DataBlockedFrame.TryRead(ref reader, out _, out error);
            default:
                return StreamsBlockedFrame.TryRead(ref reader, DirectionOf(type == FrameType.StreamsBlockedBidirectional), out _, out error);
        }
    }

    private bool ProcessPathFrame(ulong type, ref SpanReader reader, in OpenedPacket packet, Path path, Instant now, out TransportError error)
    {
        switch (type)
        {
            case FrameType.NewConnectionId:
                return NewConnectionIdFrame.TryRead(ref reader, out var issued, out error) && OnNewConnectionId(issued, out error);
            case FrameType.RetireConnectionId:
                return RetireConnectionIdFrame.TryRead(ref reader, out var retired, out error) && _localIds.OnRetired(retired.SequenceNumber, packet.Destination, out error);
            case FrameType.PathChallenge:
                if (!PathChallengeFrame.TryRead(ref reader, out var challenge, out error))
                    return false;
                path.Validation.OnChallenge(challenge.Data);
                return true;
            default:
                if (!PathResponseFrame.TryRead(ref reader, out var response, out error))
                    return false;
                OnPathResponse(response.Data, now);
                return true;
        }
    }

    private bool ProcessServerFrame(ulong type, ref SpanReader reader, Instant now, out TransportError error)
    {
        error = _side == Side.Server ? NotForServers : default;
        if (error.IsError)
            return false;
        if (type == FrameType.NewToken)
        {
            if (!NewTokenFrame.TryRead(ref reader, out var token, out error))
                return false;
            OnNewToken(token);
            return true;
        }

        OnHandshakeConfirmed(now);
        return true;
    }

    private bool OnCrypto(Spaces.PacketNumberSpace space, in CryptoFrame frame, Instant now, out TransportError error)
    {
        if (!space.Crypto.OnData(frame.Offset, frame.Data, space.Level, _session, out error))
            return false;
        PumpHandshake(now);
        return true;
    }

    private bool OnDatagram(ref SpanReader reader, ulong type, out TransportError error)
    {
        var before = reader.Remaining.Length;
        if (!DatagramFrame.TryRead(ref reader, type == FrameType.DatagramWithLength, out var frame, out error))
            return false;
        if ((ulong)(before - reader.Remaining.Length) + 1 > _options.MaxDatagramFrameSize)
        {
            error = UnwantedDatagram;
            return false;
        }

        _datagramsIn.Enqueue(frame.Data);
        if (_datagramsIn.Count == 1)
            _events.Enqueue(new ConnectionEvent(ConnectionEventKind.DatagramReceived));
        return true;
    }

    private bool OnNewConnectionId(in NewConnectionIdFrame frame, out TransportError error)
    {
        if (!_remoteIds.OnNew(frame, out _, out error))
            return false;
        foreach (var path in _paths)
        {
            if (!_remoteIds.IsActive(path.Destination.SequenceNumber) && _remoteIds.TryTakeUnused(out var next))
                UseRemoteId(path, next);
        }

        return true;
    }

    private static StreamDirection DirectionOf(bool isBidirectional) => isBidirectional ? StreamDirection.Bidirectional : StreamDirection.Unidirectional;
}
