using AltSendme.Quic.Crypto;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Recovery;
using AltSendme.Quic.Timers;

namespace AltSendme.Quic;

/// <summary>Datagrams out: which packets, how many, sealed and remembered (RFC 9000, sections 12.2, 13 and 14; RFC 9002, section 7).</summary>
internal sealed partial class Connection
{
    private const int LevelCount = 3;

    // Less than this is not worth another packet in a datagram.
    private const int SmallestRoom = 128;

    // Room for a header, a challenge and the tag.
    private const ulong SmallestValidation = 64;

    // A probe may take this part of the congestion window, even on top of a full one: a busy sender's window is never empty (RFC 9000, section 14.4).
    private const ulong ProbeShare = 4;

    private static readonly TransportError KeyIsWornOut = new(TransportErrorCode.AeadLimitReached, "The key's limit was reached before it could be changed");

    private readonly HeaderMaskBatch _masks = new();
    private ulong _packetsSent;
    private ulong _bytesSent;

    /// <summary>
    /// Writes datagrams to be sent now; false when there are none. Call until it is false. <paramref name="buffer"/> should hold <see cref="ConnectionOptions.MaxSegments"/> datagrams, and holds at
    /// least one of <see cref="ConnectionOptions.MaxDatagramSize"/>.
    /// </summary>
    public bool TryTransmit(Span<byte> buffer, Instant now, out Transmit transmit)
    {
        if (_lifecycle.IsOpen)
        {
            return TransmitCopy(buffer, out transmit)
                || TransmitValidation(buffer, now, out transmit)
                || TransmitMtuProbe(buffer, now, out transmit)
                || TransmitBatch(buffer, now, out transmit);
        }

        transmit = default;
        return !_lifecycle.IsDrained && TransmitClose(buffer, now, out transmit);
    }

    private bool TransmitBatch(Span<byte> buffer, Instant now, out Transmit transmit)
    {
        var path = _path;
        var size = path.ProbeCount > 1 ? Limits.MinDatagram : path.Mtu.Current;
        var mark = _lifecycle.IsConfirmed ? path.Ecn.Mark : Ecn.NotCapable;
        var total = 0;
        var segment = 0;
        _timers[TimerKind.Pacing] = Instant.Never;
        path.Congestion.OnDatagramSize(path.Mtu.Current);
        for (var count = 0; count < _options.MaxSegments && buffer.Length - total >= size && path.Amplification.Allowance >= (ulong)(total + size); count++)
        {
            var length = BuildDatagram(buffer, total, size, path, mark, now);
            total += length;
            segment = count == 0 ? length : segment;
            if (length < size)
                break;
        }

        FinishTransmit(buffer, path, total, now);
        if (total > 0 && IsFirstFlight)
            KeepFlight(buffer[..total], segment);
        transmit = new Transmit(path.Address, total, segment, mark);
        return total > 0;
    }

    private void FinishTransmit(Span<byte> buffer, Path path, int total, Instant now)
    {
        if (SealerOf(EncryptionLevel.Application) is { } sealer)
            _masks.Flush(buffer, sealer);
        if (total == 0)
            return;
        path.Amplification.OnSent(total);
        _bytesSent += (ulong)total;
        if (!_lifecycle.IsOpen)
            return;
        SetLossTimer(now);
        SetAckTimer();
        SetPathTimer();
    }

    private int BuildDatagram(Span<byte> buffer, int offset, int size, Path path, Ecn mark, Instant now)
    {
        Span<PacketDraft> drafts = stackalloc PacketDraft[LevelCount];
        var datagram = buffer.Slice(offset, size);
        var mayGrow = MayGrow(path, size, now);
        var count = 0;
        var position = 0;
        foreach (var space in _spaces)
        {
            if (space.IsDiscarded || SealerOf(space.Level) is null || size - position < SmallestRoom || (space.Level == EncryptionLevel.Application && !_lifecycle.IsEstablished))
                continue;
            var isFull = mayGrow || space.PendingProbes > 0 || (space.Level != EncryptionLevel.Application && space.Crypto.Outgoing.HasLost);
            if (!HasWork(space, isFull, now))
                continue;
            drafts[count] = new PacketDraft { Level = space.Level, Start = position };
            if (!TryDraft(datagram[position..], ref drafts[count], path, isFull, now))
                continue;
            position += drafts[count].Length + CryptoConstants.TagLength;
            count++;
        }

        return count == 0 ? 0 : SealDatagram(buffer, offset, drafts[..count], path, mark, now);
    }

    // Congestion window first, then pacing; acknowledgements, probes and lost pieces of the handshake pass without either: 1-RTT packets that fill the window may wait for the very piece that was lost.
    private bool MayGrow(Path path, int size, Instant now)
    {
        if (!HasAnyFrames())
            return true;
        if (path.Congestion.BytesInFlight + (ulong)size > path.Congestion.Window)
            return false;
        var next = path.Pacer.NextSend(path.Congestion, path.Rtt, size, now);
        if (next <= now)
            return true;
        _timers[TimerKind.Pacing] = next;
        return false;
    }

    private int SealDatagram(Span<byte> buffer, int offset, Span<PacketDraft> drafts, Path path, Ecn mark, Instant now)
    {
        ref var last = ref drafts[^1];
        var length = last.Start + last.Length + CryptoConstants.TagLength;
        var needsFull = false;
        foreach (ref readonly var draft in drafts)
            needsFull |= draft.NeedsFullDatagram;
        if (needsFull && length < Limits.MinDatagram)
        {
            Pad(buffer[offset..], ref last, Limits.MinDatagram - length);
            length = Limits.MinDatagram;
        }

        foreach (ref var draft in drafts)
            Seal(buffer, offset, draft, path, mark, now);
        if (_side == Side.Client && last.Level >= EncryptionLevel.Handshake)
            DiscardLevel(EncryptionLevel.Initial);
        return length;
    }

    private static void Pad(Span<byte> datagram, ref PacketDraft draft, int count)
    {
        datagram.Slice(draft.Start + draft.Length, count).Clear();
        draft.Length += count;
        draft.IsPadded = true;
    }

    private void Seal(Span<byte> buffer, int offset, in PacketDraft draft, Path path, Ecn mark, Instant now)
    {
        var start = offset + draft.Start;
        var size = draft.Length + CryptoConstants.TagLength;
        var packet = buffer.Slice(start, size);
        var sealer = SealerOf(draft.Level)!;
        _observer?.OnPacketSent(draft.Level, draft.PacketNumber, size, packet[draft.HeaderLength..draft.Length], draft.IsMtuProbe, now);
        if (draft.Level == EncryptionLevel.Application)
        {
            _keys!.OnSealing();
            sealer.Seal(draft.PacketNumber, packet, draft.HeaderLength);
            _masks.Add(buffer, start, draft.PacketNumberOffset, sealer);
        }
        else
        {
            LongHeader.PatchLength(packet, draft.LengthField);
            sealer.Seal(draft.PacketNumber, packet, draft.HeaderLength);
            Span<byte> mask = stackalloc byte[CryptoConstants.MaskStride];
            HeaderMask.TryGetSample(packet, draft.PacketNumberOffset, out var sample);
            sealer.ComputeHeaderMasks(sample, mask);
            HeaderMask.Apply(packet, draft.PacketNumberOffset, mask);
        }

        Remember(draft, size, path, mark, now);
    }

    private void Remember(in PacketDraft draft, int size, Path path, Ecn mark, Instant now)
    {
        var space = _spaces[(int)draft.Level];
        var isInFlight = draft.IsAckEliciting || draft.IsPadded;
        var isEct = mark != Ecn.NotCapable && draft.Level == EncryptionLevel.Application;
        space.Sent.Add(new SentPacket
        {
            Time = now,
            Size = size,
            State = isInFlight ? SentPacketState.Outstanding : SentPacketState.Untracked,
            IsAckEliciting = draft.IsAckEliciting,
            IsInFlight = isInFlight,
            IsMtuProbe = draft.IsMtuProbe,
            IsEct = isEct,
            Path = path,
            FirstFrame = draft.FirstFrame,
            FrameCount = (int)(space.Sent.Frames.Next - draft.FirstFrame),
        });
        _packetsSent++;
        if (isEct)
            path.Ecn.OnSent();
        if (!isInFlight)
            return;

        path.Congestion.OnSent(size, now);
        path.Pacer.OnSent(size);
        if (!draft.IsAckEliciting)
            return;
        space.OutstandingAckEliciting++;
        space.LastAckElicitingTime = now;
        space.PendingProbes = Math.Max(0, space.PendingProbes - 1);
        if (_mayRestartIdle)
            RestartIdleTimer(now);
        _mayRestartIdle = false;
    }

    private bool TransmitMtuProbe(Span<byte> buffer, Instant now, out Transmit transmit)
    {
        transmit = default;
        var path = _path;
        if (!_lifecycle.IsConfirmed || path.ProbeCount > 0 || !path.Amplification.IsValidated || path.Congestion.BytesInFlight > path.Congestion.Window
            || !path.Mtu.TryGetProbe(now, path.Congestion.Window / ProbeShare, out var size) || buffer.Length < size)
        {
            _timers[TimerKind.MtuSearch] = path.Mtu.NextSearch > now ? path.Mtu.NextSearch : Instant.Never;
            return false;
        }

        Span<PacketDraft> drafts = stackalloc PacketDraft[1];
        drafts[0] = new PacketDraft { Level = EncryptionLevel.Application, IsMtuProbe = true };
        DraftPing(buffer[..size], ref drafts[0], path);
        Pad(buffer, ref drafts[0], size - drafts[0].Length - CryptoConstants.TagLength);
        SealDatagram(buffer, 0, drafts, path, Ecn.NotCapable, now);
        path.Mtu.OnProbeSent();
        FinishTransmit(buffer, path, size, now);
        transmit = new Transmit(path.Address, size, size, Ecn.NotCapable);
        return true;
    }

    // Challenges and responses on paths that are not the one in use, or from which so little came that a full datagram may not be sent there yet (RFC 9000, section 8.2.1): a peer that only acknowledges would wait in vain.
    private bool TransmitValidation(Span<byte> buffer, Instant now, out Transmit transmit)
    {
        transmit = default;
        for (var i = 0; i < _paths.Count; i++)
        {
            var path = _paths[i];
            var allowance = path.Amplification.Allowance;
            var isShort = allowance < Limits.MinDatagram;
            if ((path == _path && !isShort) || !(path.Validation.IsChallengePending || path.Validation.IsResponsePending) || allowance < SmallestValidation)
                continue;
            if (path.Validation.IsChallengePending)
                path.Validation.WasShort = isShort;

            Span<PacketDraft> drafts = stackalloc PacketDraft[1];
            drafts[0] = new PacketDraft { Level = EncryptionLevel.Application };
            DraftValidation(buffer[..(int)Math.Min(allowance, Limits.MinDatagram)], ref drafts[0], path, now);
            drafts[0].NeedsFullDatagram = !isShort;
            var length = SealDatagram(buffer, 0, drafts, path, Ecn.NotCapable, now);
            FinishTransmit(buffer, path, length, now);
            transmit = new Transmit(path.Address, length, length, Ecn.NotCapable);
            return true;
        }

        return false;
    }
}
