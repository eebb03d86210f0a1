using System.Buffers.Binary;
using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Tests.Bao;

/// <summary>The answer to a range request the slow way: recursively over all of the content, a yes or no for each chunk, one hash for each chunk. Shares no code with what it is compared to.</summary>
internal static class SlowBao
{
    public static byte[] Encode(byte[] content, params (ulong Start, ulong? End)[] ranges)
    {
        var chunks = Math.Max(1, (content.Length + 1023) / 1024);
        var wanted = new bool[chunks];
        foreach (var (start, end) in ranges)
        {
            for (var i = 0; i < chunks; i++)
                wanted[i] |= (ulong)i >= start && (end is null || (ulong)i < end);
            if (end is null || end > (ulong)chunks)
                wanted[^1] = true;
        }

        var output = new List<byte>(new byte[8]);
        Encode(content, wanted, 0, isRoot: true, output);
        var answer = output.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(answer, content.Length);
        return answer;
    }

    private static Hash Encode(ReadOnlySpan<byte> content, ReadOnlySpan<bool> wanted, ulong firstChunk, bool isRoot, List<byte> output)
    {
        var any = wanted.Contains(true);
        var all = !wanted.Contains(false);
        if (wanted.Length == 1)
        {
            if (any)
                output.AddRange(content);
            return Subtree.ChainingValue(content, firstChunk, isRoot);
        }

        var half = 1;
        while (half * 2 < wanted.Length)
            half *= 2;
        var parent = output.Count;
        var hasParent = any && !(all && wanted.Length <= 16);
        if (hasParent)
            output.AddRange(new byte[64]);
        var left = Encode(content[..(half * 1024)], wanted[..half], firstChunk, isRoot: false, output);
        var right = Encode(content[(half * 1024)..], wanted[half..], firstChunk + (ulong)half, isRoot: false, output);
        for (var i = 0; hasParent && i < 32; i++)
            (output[parent + i], output[parent + 32 + i]) = (Hash.AsSpan(left)[i], Hash.AsSpan(right)[i]);
        return Subtree.Parent(left, right, isRoot);
    }
}
