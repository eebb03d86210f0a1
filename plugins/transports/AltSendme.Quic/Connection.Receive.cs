using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Datagrams;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Spaces;

namespace AltSendme.Quic;

/// <summary>Datagrams in: split into packets, unmasked, opened, checked (RFC 9000, sections 5.2 and 12; RFC 9001, section 5).</summary>
internal sealed partial class Connection
{
    private static readonly TransportError ReservedBits = TransportError.ProtocolViolation("Reserved bits of a header are set");
    private static readonly TransportError TooManyForgeries = new(TransportErrorCode.AeadLimitReached, "Too many packets failed to open");

    private readonly DatagramQueue _pending = new((Limits.MinDatagram + 64) * Limits.UndecryptablePackets);
    private ulong _packetsReceived;
    private ulong _bytesReceived;
    private ulong _undecryptable;

    /// <summary>Takes one datagram, which is decrypted in place.</summary>
    public void Receive(Span<byte> datagram, in NetworkPath address, Ecn ecn, Instant now)
    {
        if (_lifecycle.IsDrained || datagram.IsEmpty)
            return;

        _bytesReceived += (ulong)datagram.Length;
        var path = FindPath(address) ?? FindCandidate(address);
        if (path is null && !MayCreatePath(datagram))
            return;
        if (path is not null && path.Address.Matches(address))
            path.Amplification.OnReceived(datagram.Length);
        if (!_lifecycle.IsOpen)
        {
            OnDatagramWhileClosing(datagram);
            return;
        }

        var arrival = new Arrival(address, path, ecn, datagram.Length, now);
        ProcessDatagram(datagram, arrival);
        ReplayPending(arrival);
        AfterInput(now);
    }

    private void ProcessDatagram(Span<byte> datagram, in Arrival arrival)
    {
        var rest = datagram;
        ConnectionId? destination = null;
        while (!rest.IsEmpty && _lifecycle.IsOpen)
        {
            if (!InvariantHeader.IsLong(rest))
            {
                ProcessShort(rest, datagram, arrival);
                return;
            }

            if (!LongHeader.TryRead(rest, out var header))
            {
                ProcessSpecial(rest, isFirst: rest.Length == datagram.Length, arrival);
                return;
            }

            // Packets of one datagram go to one connection id (RFC 9000, section 12.2).
            destination ??= header.Destination;
            if (destination.Value == header.Destination)
                ProcessLong(rest[..header.PacketLength], header, datagram.Length, arrival);
            rest = rest[header.PacketLength..];
        }
    }

    private void ProcessSpecial(ReadOnlySpan<byte> datagram, bool isFirst, in Arrival arrival)
    {
        if (!isFirst || !InvariantHeader.TryRead(datagram, out var header))
            return;
        if (header.Version == QuicVersion.Negotiation)
            OnVersionNegotiation(datagram, arrival.Now);
        else if (header.Version == QuicVersion.V1)
            OnRetry(datagram, arrival);
    }

    private void ProcessLong(Span<byte> packet, in LongHeader header, int datagramLength, in Arrival arrival)
    {
        var isInitial = header.Type == LongPacketType.Initial;
        if (header.Type == LongPacketType.ZeroRtt || (isInitial && _side == Side.Server && datagramLength < Limits.MinDatagram)
            || (isInitial && _side == Side.Client && !header.Token.IsEmpty))
            return;
        if (_hasPeerId && header.Source != _path.Destination.Id && !_lifecycle.IsConfirmed)
            return;

        var level = isInitial ? EncryptionLevel.Initial : EncryptionLevel.Handshake;
        var space = _spaces[(int)level];
        if (space.IsDiscarded)
            return;
        if (_handshakeKeys[(int)level] is not { } keys)
        {
            KeepForLater(packet);
            return;
        }

        if (!HeaderMask.TryGetSample(packet, header.PacketNumberOffset, out var sample))
            return;
        Span<byte> mask = stackalloc byte[CryptoConstants.MaskStride];
        keys.Opener.ComputeHeaderMasks(sample, mask);
        var numberLength = HeaderMask.Remove(packet, header.PacketNumberOffset, mask);
        var headerLength = header.PacketNumberOffset + numberLength;
        var number = PacketNumberCodec.Expand(PacketNumberCodec.ReadTruncated(packet.Slice(header.PacketNumberOffset, numberLength)), numberLength, space.Received.Expected);
        if (space.Received.IsDuplicate(number))
            return;
        if (!keys.Opener.TryOpen(number, packet, headerLength))
        {
            OnForgery(keys.Opener.IntegrityLimit, arrival.Now);
            return;
        }

        if (!_hasPeerId)
            OnFirstPeerPacket(header.Source, arrival);
        var isReservedClear = (packet[0] & HeaderBits.LongReserved) == 0;
        ProcessPayload(packet[headerLength..^CryptoConstants.TagLength], new OpenedPacket(space, number, packet.Length, header.Destination, isReservedClear), arrival);
        if (level == EncryptionLevel.Handshake && _side == Side.Server)
            OnClientHandshakePacket();
    }

    private void ProcessShort(Span<byte> packet, ReadOnlySpan<byte> datagram, in Arrival arrival)
    {
        if (!ShortHeader.TryReadDestination(packet, ConnectionIdIssuer.IdLength, out var destination))
            return;
        if (_keys is not { } keys || !_session.IsComplete)
        {
            KeepForLater(packet);
            return;
        }

        var offset = 1 + destination.Length;
        if (!HeaderMask.TryGetSample(packet, offset, out var sample))
        {
            CheckStatelessReset(datagram, arrival.Now);
            return;
        }

        Span<byte> mask = stackalloc byte[CryptoConstants.MaskStride];
        Span<byte> ending = stackalloc byte[StatelessReset.TokenLength];
        datagram[^StatelessReset.TokenLength..].CopyTo(ending);
        keys.HeaderKeys.ComputeHeaderMasks(sample, mask);
        var space = _spaces[(int)EncryptionLevel.Application];
        var numberLength = HeaderMask.Remove(packet, offset, mask);
        var number = PacketNumberCodec.Expand(PacketNumberCodec.ReadTruncated(packet.Slice(offset, numberLength)), numberLength, space.Received.Expected);
        if (space.Received.IsDuplicate(number))
        {
            // The random bytes of a reset may read as any number.
            CheckStatelessReset(datagram, arrival.Now);
            return;
        }

        var limit = keys.HeaderKeys.IntegrityLimit;
        var isOpen = keys.TryOpen(
            packet, offset + numberLength, number, (packet[0] & HeaderBits.KeyPhase) != 0, _session, space.Sent.Next, out var isUpdated, out var error);
        if (error.IsError)
        {
            Fail(error, arrival.Now);
        }
        else if (!isOpen)
        {
            // What opening destroyed may have been a reset token.
            ending.CopyTo(packet[^StatelessReset.TokenLength..]);
            CheckStatelessReset(datagram, arrival.Now);
            OnForgery(limit, arrival.Now);
        }
        else
        {
            OnKeysUsed(isUpdated, arrival.Now);
            var isReservedClear = (packet[0] & HeaderBits.ShortReserved) == 0;
            ProcessPayload(packet[(offset + numberLength)..^CryptoConstants.TagLength], new OpenedPacket(space, number, packet.Length, destination, isReservedClear), arrival);
        }
    }

    private void ProcessPayload(ReadOnlySpan<byte> payload, in OpenedPacket packet, in Arrival arrival)
    {
        if (!packet.IsReservedClear)
        {
            Fail(ReservedBits, arrival.Now);
            return;
        }

        _packetsReceived++;
        _mayRestartIdle = true;
        RestartIdleTimer(arrival.Now);
        var path = arrival.Path ?? CreatePath(arrival);
        if (path is null)
            return;
        _observer?.OnPacketReceived(packet.Space.Level, packet.Number, packet.Size, payload, arrival.Now);
        var outcome = ProcessFrames(payload, packet, path, arrival.Now, out var error);
        if (error.IsError)
        {
            Fail(error, arrival.Now);
            return;
        }

        if (!_lifecycle.IsOpen || packet.Space.IsDiscarded)
            return;
        var isNewest = packet.Number >= packet.Space.Received.Expected;
        packet.Space.Received.OnReceived(packet.Number, outcome.IsAckEliciting, arrival.Ecn, path.Rtt.Smoothed, arrival.Now);

        // Which path is used is the client's decision; what was still under way on the old one changes nothing, nor do probes.
        if (!isNewest || outcome.IsProbing || packet.Space.Level != EncryptionLevel.Application)
            return;
        if (_side == Side.Server && path != _path && !IsWavering(path, arrival.Now))
            MigrateTo(path, arrival.Now);
        path.LastHeard = arrival.Now;
    }

    private void OnFirstPeerPacket(in ConnectionId source, in Arrival arrival)
    {
        SettleOn(arrival.Address, arrival.Now);
        _hasPeerId = true;

        // Also for a server: the datagram that made it begin may have been damaged, and named another source than the packet that opens.
        _path.Destination = _remoteIds.SetInitial(source);
    }

    // A Handshake packet proves that the client has our Initial (RFC 9000, section 8.1; RFC 9001, section 4.9.1).
    private void OnClientHandshakePacket()
    {
        _path.Amplification.OnValidated();
        DiscardLevel(EncryptionLevel.Initial);
    }

    private void OnForgery(ulong limit, Instant now)
    {
        if (++_undecryptable >= limit && _lifecycle.IsOpen)
            Fail(TooManyForgeries, now);
    }

    private void CheckStatelessReset(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (!_lifecycle.IsOpen || !_remoteIds.IsResetBy(datagram))
            return;
        EnterDraining(new ConnectionCloseReason(ConnectionCloseKind.StatelessReset, Reason: "The peer does not know the connection any more."), now);
    }

    // Packets may overtake the one that brings their keys (RFC 9001, section 5.7). What does not fit is sent again by the peer.
    private void KeepForLater(ReadOnlySpan<byte> packet)
    {
        if (_pending.Count < Limits.UndecryptablePackets && packet.Length <= Limits.MinDatagram * 2)
            _pending.Enqueue(packet);
    }

    private void ReplayPending(in Arrival arrival)
    {
        for (var count = _pending.Count; count > 0 && _lifecycle.IsOpen; count--)
        {
            if (_handshakeKeys[(int)EncryptionLevel.Handshake] is null && (_keys is null || !_session.IsComplete))
                return;
            Span<byte> copy = new byte[_pending.NextLength];
            _pending.Peek().CopyTo(copy);
            _pending.Drop();
            ProcessDatagram(copy, arrival);
        }
    }

    private readonly record struct Arrival(NetworkPath Address, Path? Path, Ecn Ecn, int Size, Instant Now);

    private readonly record struct OpenedPacket(PacketNumberSpace Space, ulong Number, int Size, ConnectionId Destination, bool IsReservedClear);

    private readonly record struct FrameOutcome(bool IsAckEliciting, bool IsProbing);
}
