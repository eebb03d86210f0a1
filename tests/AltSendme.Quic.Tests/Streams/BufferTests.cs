using AltSendme.Quic.Simulation;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Tests.Streams;

/// <summary>What is written comes out, whatever is lost, repeated or reordered on the way.</summary>
public sealed class BufferTests
{
    [Fact]
    public void A_stream_cut_into_pieces_in_any_order_is_put_together_again()
    {
        for (var seed = 0UL; seed < 100; seed++)
        {
            var random = new SeededRandom(seed);
            var bytes = Pattern.Bytes(5000, seed);
            using var buffer = new ReassemblyBuffer();
            var read = new List<byte>();
            var chunk = new byte[333];
            while (read.Count < bytes.Length)
            {
                var start = (int)random.Next((uint)bytes.Length);
                var length = (int)random.Next((uint)Math.Min(400, bytes.Length - start) + 1);
                Assert.True(buffer.Insert((ulong)start, bytes.AsSpan(start, length)));
                for (var count = buffer.Read(chunk); count > 0; count = buffer.Read(chunk))
                    read.AddRange(chunk.AsSpan(0, count));
            }

            Assert.Equal(bytes, read);
        }
    }

    [Fact]
    public void One_byte_pieces_with_gaps_are_refused_before_they_cost_much()
    {
        using var buffer = new ReassemblyBuffer();
        var pieces = 0;

        while (buffer.Insert((ulong)(2 * pieces) + 1, [1]))
            pieces++;

        Assert.Equal(ReassemblyBuffer.MaxGaps, pieces);
        Assert.True(buffer.Capacity <= 4 * ReassemblyBuffer.MaxGaps);
    }

    [Fact]
    public void Everything_written_is_delivered_although_pieces_are_lost_and_acknowledged_late()
    {
        for (var seed = 0UL; seed < 100; seed++)
        {
            var random = new SeededRandom(seed);
            var bytes = Pattern.Bytes(6000, seed);
            var delivered = new byte[bytes.Length];
            using var buffer = new SendBuffer();
            var inFlight = new List<NumberRange>();
            var written = 0;
            while (!(written == bytes.Length && buffer.IsAcknowledged))
            {
                var count = (int)random.Next((uint)Math.Min(700, bytes.Length - written) + 1);
                buffer.Append(bytes.AsSpan(written, count));
                written += count;
                while (buffer.TryTake(1 + (int)random.Next(500), ulong.MaxValue, out var range))
                {
                    buffer.CopyTo(range.Start, delivered.AsSpan((int)range.Start, (int)range.Length));
                    inFlight.Add(range);
                }

                Settle(random, buffer, inFlight);
            }

            Assert.Equal(bytes, delivered);
            Assert.Equal(0UL, buffer.Held);
        }
    }

    private static void Settle(SeededRandom random, SendBuffer buffer, List<NumberRange> inFlight)
    {
        for (var i = inFlight.Count - 1; i >= 0; i--)
        {
            var range = inFlight[i];
            if (random.Chance(0.3))
                continue;
            if (random.Chance(0.3))
                buffer.OnLost(range.Start, range.End);
            if (random.Chance(0.8))
                buffer.OnAcknowledged(range.Start, range.End);
            else
                buffer.OnLost(range.Start, range.End);
            inFlight.RemoveAt(i);
        }
    }
}
