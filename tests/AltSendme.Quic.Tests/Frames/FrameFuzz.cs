using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Tests.Frames;

/// <summary>Fuzz entry point of the frame and packet parsers: reads the input as everything that it could be and checks what must hold whatever it says.</summary>
internal static class FrameFuzz
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        foreach (var isEcn in (ReadOnlySpan<bool>)[false, true])
        {
            var reader = new SpanReader(input);
            if (AckFrame.TryRead(ref reader, isEcn, out var ack, out var error))
                CheckRanges(ack);
            else
                Assert.True(error.IsError);
        }

        for (var type = FrameType.Stream; type <= FrameType.StreamLast; type++)
        {
            var reader = new SpanReader(input);
            if (StreamFrame.TryRead(ref reader, type, out var frame, out _))
                Assert.True(frame.Offset + (ulong)frame.Data.Length <= QuicVarInt.MaxValue);
        }

        var r = new SpanReader(input);
        CryptoFrame.TryRead(ref r, out _, out _);
        r = new SpanReader(input);
        DatagramFrame.TryRead(ref r, true, out _, out _);
        r = new SpanReader(input);
        NewConnectionIdFrame.TryRead(ref r, out _, out _);
        r = new SpanReader(input);
        NewTokenFrame.TryRead(ref r, out _, out _);
        r = new SpanReader(input);
        ConnectionCloseFrame.TryRead(ref r, input.Length % 2 == 0, out _, out _);
        r = new SpanReader(input);
        MaxStreamsFrame.TryRead(ref r, StreamDirection.Bidirectional, out _, out _);
        r = new SpanReader(input);
        StreamsBlockedFrame.TryRead(ref r, StreamDirection.Unidirectional, out _, out _);
        r = new SpanReader(input);
        AckFrequencyFrame.TryRead(ref r, out _, out _);
        r = new SpanReader(input);
        if (ObservedAddressFrame.TryRead(ref r, input.Length % 2 == 0, out var observed, out _))
            Assert.True(observed.Address.Kind is AddressKind.IPv4 or AddressKind.IPv6 && observed.Length <= ObservedAddressFrame.MaxLength);
        r = new SpanReader(input);
        ResetStreamFrame.TryRead(ref r, out _, out _);
        r = new SpanReader(input);
        MaxStreamDataFrame.TryRead(ref r, out _, out _);
        r = new SpanReader(input);
        RetireConnectionIdFrame.TryRead(ref r, out _, out _);
        r = new SpanReader(input);
        PathChallengeFrame.TryRead(ref r, out _, out _);
        if (LongHeader.TryRead(input, out var header))
            Assert.True(header.PacketLength <= input.Length && header.PacketNumberOffset <= header.PacketLength);
        RetryPacket.TryRead(input, out _);
        VersionNegotiationPacket.Offers(input, QuicVersion.V1, out _);
    }

    private static void CheckRanges(in AckFrame ack)
    {
        var above = ulong.MaxValue;
        foreach (var range in ack)
        {
            Assert.True(range.Start < range.End && range.End < above);
            above = range.Start;
        }
    }
}
