using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Tests.Bao;

/// <summary>Sizes around the edges of chunks, groups and blocks, and ranges that begin and end there or anywhere.</summary>
internal static class RandomRanges
{
    private static readonly int[] Edges = [0, 1024, 16 * 1024, 32 * 1024, 48 * 1024, 1 << 19, 1 << 20, (1 << 20) + 16 * 1024, 2 << 20, 3 << 20];

    public static int Size(Random random, int most = 3 << 20) =>
        Math.Clamp(random.Next(4) == 0 ? random.Next(random.Next(4) == 0 ? most : most / 8) : Edges[random.Next(Edges.Length)] + random.Next(-1, 2) + 1024 * random.Next(-1, 2), 0, most);

    public static (ulong Start, ulong? End)[] Ranges(Random random, int size)
    {
        var chunks = Math.Max(1, (size + 1023) / 1024);
        var ranges = new (ulong Start, ulong? End)[random.Next(1, 5)];
        foreach (ref var range in ranges.AsSpan())
        {
            var start = random.Next(3) == 0 ? random.Next(chunks / 16 + 1) * 16 : random.Next(chunks + 2);
            var length = random.Next(4) switch { 0 => 1, 1 => 16, 2 => random.Next(1, 40), _ => random.Next(1, chunks + 3) };
            range = ((ulong)start, random.Next(5) == 0 ? null : (ulong)(start + length));
        }

        return random.Next(8) switch
        {
            0 => [(0, null)],
            1 => [(ulong.MaxValue, null)],
            _ => ranges,
        };
    }

    public static ChunkRanges Union(params (ulong Start, ulong? End)[] ranges) =>
        ranges.Aggregate(ChunkRanges.Empty, (all, range) => all.Union(ChunkRanges.From(range.Start, range.End)));
}
