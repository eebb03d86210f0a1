using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Blobs.Protocol.Requests;

/// <summary>Asks for several blobs that no hash sequence holds together.</summary>
/// <param name="Hashes">The blobs, in the order in which they are to come.</param>
/// <param name="Ranges">What is wanted of each: index 0 is the first of <paramref name="Hashes"/>.</param>
public sealed record GetManyRequest(IReadOnlyList<Hash> Hashes, ChunkRangesSequence Ranges)
{
    /// <summary>Reads a whole request, type byte and all. Bytes after it are ignored, as iroh ignores them.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out GetManyRequest? request)
    {
        request = null;
        var reader = new PostcardReader(bytes);
        if (!RequestCodec.TryReadKind(ref reader, RequestKind.GetMany) || !reader.TryReadLength(bytes.Length / Hash.Length, out var count))
            return false;
        var hashes = new Hash[count];
        foreach (ref var hash in hashes.AsSpan())
        {
            if (!RequestCodec.TryReadHash(ref reader, out hash))
                return false;
        }

        if (!ChunkRangesSequence.TryRead(ref reader, out var ranges))
            return false;
        request = new GetManyRequest(hashes, ranges);
        return true;
    }

    /// <summary>The request as it is sent.</summary>
    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PostcardWriter(output);
        writer.WriteByte((byte)RequestKind.GetMany);
        writer.WriteVarUInt64((ulong)Hashes.Count);
        foreach (var hash in Hashes)
            RequestCodec.WriteHash(writer, hash);
        Ranges.Write(writer);
        return output.WrittenSpan.ToArray();
    }
}
