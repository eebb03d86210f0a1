using AltSendme.Primitives.Encoding;
using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Tests.Frames;

/// <summary>Every frame survives being written and read, says how long it is, and fails with a reason wherever it is cut.</summary>
public sealed class FrameTests
{
    private const int Cases = 500;
    private readonly SeededRandom _random = new(20260101);

    [Fact]
    public void Frames_of_integers_come_back_as_they_were_written()
    {
        for (var i = 0; i < Cases; i++)
        {
            var (a, b, c) = (VarInt(), VarInt(), VarInt());
            Check(new ResetStreamFrame(a, b, c), static (ref w, f) => f.Write(ref w), static (ref r) => ResetStreamFrame.TryRead(ref r, out var f, out _) ? f : null, static f => f.Length);
            Check(new StopSendingFrame(a, b), static (ref w, f) => f.Write(ref w), static (ref r) => StopSendingFrame.TryRead(ref r, out var f, out _) ? f : null, static f => f.Length);
            Check(new MaxDataFrame(a), static (ref w, f) => f.Write(ref w), static (ref r) => MaxDataFrame.TryRead(ref r, out var f, out _) ? f : null, static f => f.Length);
            Check(new MaxStreamDataFrame(a, b), static (ref w, f) => f.Write(ref w), static (ref r) => MaxStreamDataFrame.TryRead(ref r, out var f, out _) ? f : null, static f => f.Length);
            Check(new DataBlockedFrame(a), static (ref w, f) => f.Write(ref w), static (ref r) => DataBlockedFrame.TryRead(ref r, out var f, out _) ? f : null, static f => f.Length);
            Check(new StreamDataBlockedFrame(a, b), static (ref w, f) => f.Write(ref w), static (ref r) => StreamDataBlockedFrame.TryRead(ref r, out var f, out _) ? f : null, static f => f.Length);
            Check(new AckFrequencyFrame(a, b, c, a), static (ref w, f) => f.Write(ref w), static (ref r) => AckFrequencyFrame.TryRead(ref r, out var f, out _) ? f : null, static f => f.Length);
            var host = i % 2 == 0 ? new NetworkAddress(AddressKind.IPv4, (uint)a, (ushort)b) : new NetworkAddress(AddressKind.IPv6, new UInt128(0x20010db8UL << 32, b), (ushort)c);
            Check(new ObservedAddressFrame(a, host), static (ref w, f) => f.Write(ref w), (ref r) => ObservedAddressFrame.TryRead(ref r, host.Kind == AddressKind.IPv6, out var f, out _) ? f : null, static f => f.Length);
            Check(new RetireConnectionIdFrame(a), static (ref w, f) => f.Write(ref w), static (ref r) => RetireConnectionIdFrame.TryRead(ref r, out var f, out _) ? f : null, static f => f.Length);
            Check(new PathChallengeFrame(_random.NextWord()), static (ref w, f) => f.Write(ref w), static (ref r) => PathChallengeFrame.TryRead(ref r, out var f, out _) ? f : null, static _ => PathChallengeFrame.Length);
            Check(new PathResponseFrame(_random.NextWord()), static (ref w, f) => f.Write(ref w), static (ref r) => PathResponseFrame.TryRead(ref r, out var f, out _) ? f : null, static _ => PathResponseFrame.Length);
            Check(new MaxStreamsFrame(StreamDirection.Bidirectional, b >> 3), static (ref w, f) => f.Write(ref w), static (ref r) => MaxStreamsFrame.TryRead(ref r, StreamDirection.Bidirectional, out var f, out _) ? f : null, static f => f.Length);
            Check(new StreamsBlockedFrame(StreamDirection.Unidirectional, b >> 3), static (ref w, f) => f.Write(ref w), static (ref r) => StreamsBlockedFrame.TryRead(ref r, StreamDirection.Unidirectional, out var f, out _) ? f : null, static f => f.Length);
            var streams = a % (MaxStreamsFrame.MaxStreams + 1);
            Check(new MaxStreamsFrame(StreamDirection.Unidirectional, streams), static (ref w, f) => f.Write(ref w), static (ref r) => MaxStreamsFrame.TryRead(ref r, StreamDirection.Unidirectional, out var f, out _) ? f : null, static f => f.Length);
            Check(new StreamsBlockedFrame(StreamDirection.Bidirectional, streams), static (ref w, f) => f.Write(ref w), static (ref r) => StreamsBlockedFrame.TryRead(ref r, StreamDirection.Bidirectional, out var f, out _) ? f : null, static f => f.Length);
            var id = new ConnectionId(Pattern.Bytes(1 + (int)_random.Next(20), a));
            var frame = new NewConnectionIdFrame(Math.Max(a, b), Math.Min(a, b), id, new StatelessResetToken(Pattern.Bytes(16, b)));
            Check(frame, static (ref w, f) => f.Write(ref w), static (ref r) => NewConnectionIdFrame.TryRead(ref r, out var f, out _) ? f : null, static f => f.Length);
        }
    }

    [Fact]
    public void Stream_frames_come_back_with_offset_end_and_bytes()
    {
        var buffer = new byte[2000];
        for (var i = 0; i < Cases; i++)
        {
            var data = Pattern.Bytes((int)_random.Next(1200), (ulong)i);
            var offset = i % 3 == 0 ? 0 : VarInt() >> 1;
            var (id, isFin) = (VarInt(), _random.Chance(0.5));
            var writer = new PacketWriter(buffer);
            StreamFrame.WriteHeader(ref writer, id, offset, data.Length, isFin);
            Assert.Equal(StreamFrame.HeaderLength(id, offset), writer.Position);
            writer.WriteBytes(data);

            var reader = new SpanReader(writer.Written);
            reader.TryReadVarInt(out var type);
            Assert.True(StreamFrame.TryRead(ref reader, type, out var frame, out _));
            Assert.Equal((id, offset, isFin), (frame.StreamId, frame.Offset, frame.IsFin));
            Assert.True(frame.Data.SequenceEqual(data));
            Assert.True(reader.IsAtEnd);
        }
    }

    [Fact]
    public void Frames_of_bytes_come_back_as_they_were_written_and_fail_wherever_they_are_cut()
    {
        for (var i = 0; i < Cases; i++)
        {
            var data = Pattern.Bytes(1 + (int)_random.Next(90), (ulong)i);
            var (offset, code, cause, isApplication) = (VarInt() >> 1, VarInt(), VarInt(), i % 2 == 0);
            CheckBytes(
                (ref w) => { CryptoFrame.WriteHeader(ref w, offset, data.Length); w.WriteBytes(data); },
                (ref r) => CryptoFrame.TryRead(ref r, out var frame, out _) && frame.Offset == offset && frame.Data.SequenceEqual(data));
            CheckBytes((ref w) => NewTokenFrame.Write(ref w, data), (ref r) => NewTokenFrame.TryRead(ref r, out var frame, out _) && frame.Token.SequenceEqual(data));
            CheckBytes((ref w) => DatagramFrame.Write(ref w, data), (ref r) => DatagramFrame.TryRead(ref r, true, out var frame, out _) && frame.Data.SequenceEqual(data));
            CheckBytes(
                (ref w) => new ConnectionCloseFrame { IsApplication = isApplication, Code = code, CauseType = cause, Reason = data }.Write(ref w),
                (ref r) => ConnectionCloseFrame.TryRead(ref r, isApplication, out var frame, out _) && frame.IsApplication == isApplication && frame.Code == code
                    && (isApplication || frame.CauseType == cause) && frame.Reason.SequenceEqual(data));
        }
    }

    [Fact]
    public void A_datagram_without_a_length_takes_the_rest_of_its_packet()
    {
        var reader = new SpanReader("all of it"u8);

        Assert.True(DatagramFrame.TryRead(ref reader, false, out var frame, out _));
        Assert.True(frame.Data.SequenceEqual("all of it"u8) && reader.IsAtEnd);
    }

    [Fact]
    public void Acknowledged_ranges_come_back_as_they_were_written()
    {
        var buffer = new byte[1200];
        for (var i = 0; i < Cases; i++)
        {
            var set = new RangeSet();
            for (var start = VarInt() >> 2; set.Count < 1 + (i % 40); start += 2 + _random.Next(1000))
            {
                var length = 1 + _random.Next(500);
                set.Add(start, start + length);
                start += length;
            }

            var ecn = _random.Chance(0.5) ? new EcnCounts(VarInt(), VarInt(), VarInt()) : default(EcnCounts?);
            var writer = new PacketWriter(buffer);
            Assert.True(AckFrame.TryWrite(ref writer, set.Ranges, 77, ecn, 64));

            var reader = new SpanReader(writer.Written);
            reader.TryReadVarInt(out var type);
            Assert.True(AckFrame.TryRead(ref reader, type == FrameType.AckEcn, out var frame, out _));
            Assert.True(reader.IsAtEnd);
            Assert.Equal(ecn, frame.Ecn);
            var read = new List<NumberRange>();
            foreach (var range in frame)
                read.Insert(0, range);
            Assert.Equal(set.Ranges.ToArray(), read);
        }
    }

    [Fact]
    public void An_acknowledgement_without_room_for_all_ranges_reports_the_newest()
    {
        var set = new RangeSet();
        for (var i = 0UL; i < 100; i++)
            set.Add(i * 1000, (i * 1000) + 1);
        var writer = new PacketWriter(new byte[40]);

        Assert.True(AckFrame.TryWrite(ref writer, set.Ranges, 0, null, 64));

        var reader = new SpanReader(writer.Written);
        reader.TryReadVarInt(out _);
        Assert.True(AckFrame.TryRead(ref reader, false, out var frame, out _));
        Assert.Equal(99_000UL, frame.Largest);
    }

    [Fact]
    public void Garbage_never_makes_a_parser_throw_or_read_beyond_its_input()
    {
        var buffer = new byte[64];
        for (var i = 0; i < 200_000; i++)
        {
            var length = (int)_random.Next((uint)buffer.Length);
            _random.Fill(buffer.AsSpan(0, length));
            FrameFuzz.Run(buffer.AsSpan(0, length));
        }
    }

    private ulong VarInt() => _random.NextWord() >> (2 + (int)_random.Next(62));

    private static void Check<T>(T frame, Write<T> write, Read<T> read, Func<T, int> length)
        where T : struct
    {
        var buffer = new byte[128];
        var writer = new PacketWriter(buffer);
        write(ref writer, frame);
        Assert.Equal(length(frame), writer.Position);

        var bytes = writer.Written;
        var reader = new SpanReader(bytes);
        Assert.True(reader.TryReadVarInt(out _));
        var typeLength = bytes.Length - reader.Remaining.Length;
        Assert.Equal(frame, read(ref reader));
        Assert.True(reader.IsAtEnd);
        for (var cut = typeLength; cut < bytes.Length; cut++)
        {
            var truncated = new SpanReader(bytes[typeLength..cut]);
            Assert.Null(read(ref truncated));
        }
    }

    private static void CheckBytes(WriteFrames write, ReadBytes isSame)
    {
        var writer = new PacketWriter(new byte[300]);
        write(ref writer);
        var bytes = writer.Written;
        var reader = new SpanReader(bytes[1..]);
        Assert.True(isSame(ref reader) && reader.IsAtEnd);
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var truncated = new SpanReader(bytes[1..cut]);
            Assert.False(isSame(ref truncated));
        }
    }

    private delegate bool ReadBytes(ref SpanReader reader);

    private delegate void Write<T>(ref PacketWriter writer, T frame);

    private delegate T? Read<T>(ref SpanReader reader)
        where T : struct;
}
