using System.Buffers.Binary;
using System.Text;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Recovery;
using AltSendme.Quic.Spaces;

namespace AltSendme.Quic;

/// <summary>What goes into a packet, in which order (RFC 9000, sections 12 and 13).</summary>
internal sealed partial class Connection
{
    // After so many packets that only acknowledge, one asks to be acknowledged itself, so that the state behind acknowledgements can shrink (RFC 9000, section 13.2.4).
    private const int AckOnlyPackets = 32;
    private const int LongestSmallFrame = 64;

    private ulong _nextSkip;
    private ulong _greaseBits;
    private int _greaseLeft;
    private int _ackOnlySent;
    private bool _isPingPending;

    private bool HasAnyFrames()
    {
        foreach (var space in _spaces)
        {
            if (!space.IsDiscarded && (space.PendingProbes > 0 || HasFrames(space)))
                return true;
        }

        return false;
    }

    private bool HasFrames(PacketNumberSpace space) =>
        space.Crypto.HasWork || (space.Level == EncryptionLevel.Application && _lifecycle.IsEstablished && HasApplicationFrames());

    private bool HasApplicationFrames() =>
        _streams.HasData || _streams.HasControl || _datagramsOut.Count > 0 || _isPingPending || _isHandshakeDonePending || _isTokenPending
        || _localIds.HasPending || _remoteIds.HasPendingRetirement || _path.Validation.IsChallengePending || _path.Validation.IsResponsePending || _path.IsReportPending;

    private bool HasWork(PacketNumberSpace space, bool isFull, Instant now) => space.Received.IsDue(now) || (isFull && (space.PendingProbes > 0 || HasFrames(space)));

    private bool TryDraft(Span<byte> room, ref PacketDraft draft, Path path, bool isFull, Instant now)
    {
        if (draft.Level == EncryptionLevel.Application && !PrepareKeys(now))
            return false;
        var space = _spaces[(int)draft.Level];
        var writer = BeginPacket(room, ref draft, path, space);
        WriteFrames(ref writer, ref draft, space, path, isFull, now);
        if (writer.Position == draft.HeaderLength)
            return false;
        EndPacket(ref writer, ref draft);
        return true;
    }

    private void DraftPing(Span<byte> room, ref PacketDraft draft, Path path)
    {
        var writer = BeginPacket(room, ref draft, path, _spaces[(int)draft.Level]);
        WritePing(ref writer, ref draft);
        EndPacket(ref writer, ref draft);
    }

    private void DraftValidation(Span<byte> room, ref PacketDraft draft, Path path, Instant now)
    {
        var writer = BeginPacket(room, ref draft, path, path.Space);
        WriteValidation(ref writer, ref draft, path, now);
        EndPacket(ref writer, ref draft);
    }

    private PacketWriter BeginPacket(Span<byte> room, ref PacketDraft draft, Path path, PacketNumberSpace space)
    {
        if (draft.Level == EncryptionLevel.Application && space.Sent.Next == _nextSkip)
        {
            space.Sent.Skip();
            ScheduleSkip();
        }

        var writer = new PacketWriter(room[..^CryptoConstants.TagLength]);
        var number = space.Sent.Next;
        var length = PacketNumberCodec.Length(number, space.FirstUnacknowledged);
        if (draft.Level == EncryptionLevel.Application)
        {
            ShortHeader.Write(ref writer, NextGreaseBit(), _keys!.Phase, path.Destination.Id, number, length);
        }
        else
        {
            var isInitial = draft.Level == EncryptionLevel.Initial;
            var token = isInitial && _side == Side.Client ? _token : [];
            var type = isInitial ? LongPacketType.Initial : LongPacketType.Handshake;
            draft.LengthField = LongHeader.Write(ref writer, type, greaseFixedBit: false, path.Destination.Id, _localIds.Handshake, token, number, length);
        }

        draft.PacketNumber = number;
        draft.HeaderLength = writer.Position;
        draft.PacketNumberOffset = writer.Position - length;
        draft.FirstFrame = space.Sent.Frames.Next;
        return writer;
    }

    // A packet must be long enough for a header protection sample (RFC 9001, section 5.4.2).
    private static void EndPacket(ref PacketWriter writer, ref PacketDraft draft)
    {
        var missing = HeaderMask.SampleOffset - (writer.Position - draft.PacketNumberOffset);
        if (missing > 0)
            writer.WriteZeros(missing);
        draft.Length = writer.Position;
    }

    private void WriteFrames(ref PacketWriter writer, ref PacketDraft draft, PacketNumberSpace space, Path path, bool isFull, Instant now)
    {
        var log = space.Sent.Frames;
        if (space.Received.HasNews && space.Received.TryWriteAck(ref writer, AckDelayExponent, now, out var largest))
            log.Add(new SentFrame(SentFrameKind.Ack, false, 0, 0, largest));
        if (isFull)
        {
            WriteCrypto(ref writer, ref draft, space);
            if (draft.Level == EncryptionLevel.Application)
                WriteApplicationFrames(ref writer, ref draft, log, path, now);
        }

        var wantsPing = (isFull && space.PendingProbes > 0) || (writer.Position > draft.HeaderLength && _ackOnlySent >= AckOnlyPackets && space.OutstandingAckEliciting == 0);
        if (wantsPing && !draft.IsAckEliciting && writer.Room > 0)
            WritePing(ref writer, ref draft);
        _ackOnlySent = draft.IsAckEliciting ? 0 : _ackOnlySent + 1;
        draft.NeedsFullDatagram |= draft.Level == EncryptionLevel.Initial && (_side == Side.Client || draft.IsAckEliciting);
    }

    private static void WriteCrypto(ref PacketWriter writer, ref PacketDraft draft, PacketNumberSpace space)
    {
        var outgoing = space.Crypto.Outgoing;
        while (space.Crypto.HasWork)
        {
            var room = writer.Room - CryptoFrame.HeaderLength(outgoing.NextOffset);
            if (room <= 0 || !outgoing.TryTake(room, ulong.MaxValue, out var range))
                return;
            var length = (int)range.Length;
            CryptoFrame.WriteHeader(ref writer, range.Start, length);
            outgoing.CopyTo(range.Start, writer.Take(length));
            space.Sent.Frames.Add(new SentFrame(SentFrameKind.Crypto, false, length, 0, range.Start));
            draft.IsAckEliciting = true;
        }
    }

    private void WriteApplicationFrames(ref PacketWriter writer, ref PacketDraft draft, SentFrameRing log, Path path, Instant now)
    {
        var start = writer.Position;
        if (_isHandshakeDonePending && writer.Room > 0)
        {
            _isHandshakeDonePending = false;
            writer.WriteByte((byte)FrameType.HandshakeDone);
            log.Add(SentFrame.Of(SentFrameKind.HandshakeDone));
        }

        if (_isTokenPending)
            WriteToken(ref writer, log, now);
        if (path.Validation.IsChallengePending || path.Validation.IsResponsePending)
            WriteValidation(ref writer, ref draft, path, now);
        WriteReport(ref writer, log, path);
        WriteAckRequests(ref writer, path.Space, log);
        while (writer.Room >= LongestSmallFrame && _localIds.TryTakeFrame(out var issued))
        {
            issued.Write(ref writer);
            log.Add(SentFrame.Of(SentFrameKind.NewConnectionId, issued.SequenceNumber));
        }

        while (writer.Room >= LongestSmallFrame && _remoteIds.HasPendingRetirement)
        {
            var sequence = _remoteIds.TakeRetirement();
            new RetireConnectionIdFrame(sequence).Write(ref writer);
            log.Add(SentFrame.Of(SentFrameKind.RetireConnectionId, sequence));
        }

        if (_streams.HasControl)
            _streams.WriteControl(ref writer, log);
        while (_datagramsOut.Count > 0 && DatagramFrame.Length(_datagramsOut.NextLength) <= writer.Room)
        {
            DatagramFrame.Write(ref writer, _datagramsOut.Peek());
            _datagramsOut.Drop();
        }

        DropOversizedDatagrams(writer, start);
        if (_streams.HasData)
            _streams.WriteData(ref writer, log);
        draft.IsAckEliciting |= writer.Position > start;
        if (!_isPingPending)
            return;
        _isPingPending = false;
        if (!draft.IsAckEliciting)
            WritePing(ref writer, ref draft);
    }

    // The path's MTU may have shrunk since a DATAGRAM was queued: one that does not fit into an empty packet never will.
    private void DropOversizedDatagrams(in PacketWriter writer, int start)
    {
        while (writer.Position == start && _datagramsOut.Count > 0 && _datagramsOut.NextLength > MaxDatagramPayload)
            _datagramsOut.Drop();
    }

    private static void WriteValidation(ref PacketWriter writer, ref PacketDraft draft, Path path, Instant now)
    {
        if (path.Validation.IsChallengePending)
            new PathChallengeFrame(path.Validation.OnChallengeSent(now, path.ProbeTimeout)).Write(ref writer);
        while (path.Validation.IsResponsePending && writer.Room >= PathResponseFrame.Length)
            new PathResponseFrame(path.Validation.TakeResponse()).Write(ref writer);
        draft.IsAckEliciting = true;
        draft.NeedsFullDatagram = true;
    }

    private static void WritePing(ref PacketWriter writer, ref PacketDraft draft)
    {
        writer.WriteByte((byte)FrameType.Ping);
        draft.IsAckEliciting = true;
    }

    // Keys change after so many packets (RFC 9001, section 6.6); if the peer acknowledges none of a phase, they wear out.
    private bool PrepareKeys(Instant now)
    {
        var keys = _keys!;
        var limit = keys.Sealer.ConfidentialityLimit;
        if (keys.Sealed >= Math.Min(_options.KeyUpdatePackets, limit / 2) && _lifecycle.IsConfirmed)
            UpdateKeys(now);
        if (keys.Sealed < limit)
            return true;
        Fail(KeyIsWornOut, now);
        return false;
    }

    /// <summary>Begins a key update (RFC 9001, section 6.1); false while the one before is not complete.</summary>
    public bool UpdateKeys(Instant now)
    {
        var space = _spaces[(int)EncryptionLevel.Application];
        if (_keys is not { } keys || !_lifecycle.IsConfirmed || !keys.MayUpdate(space.LargestAcknowledged))
            return false;
        keys.Update(_session, space.Sent.Next);
        _observer?.OnKeysUpdated(isByPeer: false, keys.Updates, now);
        return true;
    }

    private bool TransmitClose(Span<byte> buffer, Instant now, out Transmit transmit)
    {
        transmit = default;
        if (_closePacketsWanted == 0 || _path.Amplification.Allowance < Limits.MinDatagram)
            return false;

        _closePacketsWanted = 0;
        Span<PacketDraft> drafts = stackalloc PacketDraft[LevelCount];
        var count = 0;
        var position = 0;
        foreach (var space in _spaces)
        {
            if (space.IsDiscarded || SealerOf(space.Level) is null || (space.Level == EncryptionLevel.Application && _peer is null))
                continue;
            drafts[count] = new PacketDraft { Level = space.Level, Start = position };
            DraftClose(buffer[position..Limits.MinDatagram], ref drafts[count], space);
            position += drafts[count++].Length + CryptoConstants.TagLength;
        }

        if (count == 0)
            return false;
        var length = SealDatagram(buffer, 0, drafts[..count], _path, Ecn.NotCapable, now);
        FinishTransmit(buffer, _path, length, now);
        transmit = new Transmit(_path.Address, length, length, Ecn.NotCapable);
        return true;
    }

    // An application's code would be readable in Initial and Handshake packets, so it stays out of them (RFC 9000, section 10.2.3). The answer to the peer's close says nothing but that it came (section 10.2.2).
    private void DraftClose(Span<byte> room, ref PacketDraft draft, PacketNumberSpace space)
    {
        const int MaxReason = 1024;
        var reason = CloseReason!;
        var isApplication = reason.Kind == ConnectionCloseKind.LocalApplication;
        var isHidden = isApplication && draft.Level != EncryptionLevel.Application;
        var isAnswer = _lifecycle.IsDraining;
        var text = isHidden || isAnswer ? "" : reason.Reason[..Math.Min(reason.Reason.Length, MaxReason)];
        var writer = BeginPacket(room, ref draft, _path, space);
        new ConnectionCloseFrame
        {
            IsApplication = isApplication && !isHidden,
            Code = isAnswer ? (ulong)TransportErrorCode.NoError : isHidden ? (ulong)TransportErrorCode.ApplicationError : reason.Code,
            CauseType = isAnswer ? 0 : reason.FrameType,
            Reason = Encoding.UTF8.GetBytes(text),
        }.Write(ref writer);
        EndPacket(ref writer, ref draft);
        draft.NeedsFullDatagram = draft.Level == EncryptionLevel.Initial;
    }

    private void ScheduleSkip() => _nextSkip = _spaces[(int)EncryptionLevel.Application].Sent.Next + 2 + _random.Next(2 * Limits.SkipInterval);

    // Whether to clear the fixed bit of a packet, when the peer allows it (RFC 9287, section 3.1): one random number serves 64 packets.
    private bool NextGreaseBit()
    {
        if (_peer is not { GreaseQuicBit: true })
            return false;
        if (_greaseLeft-- == 0)
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            _random.Fill(bytes);
            _greaseBits = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            _greaseLeft = 63;
        }

        return ((_greaseBits >> _greaseLeft) & 1) != 0;
    }
}
