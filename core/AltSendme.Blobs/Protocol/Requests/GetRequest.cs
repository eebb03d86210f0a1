using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Blobs.Protocol.Requests;

/// <summary>Asks for a blob, or for a hash sequence and its children.</summary>
/// <param name="Hash">The root.</param>
/// <param name="Ranges">What is wanted of the root and of its children.</param>
public sealed record GetRequest(Hash Hash, ChunkRangesSequence Ranges)
{
    /// <summary>Reads a whole request, type byte and all. Bytes after it are ignored, as iroh ignores them.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out GetRequest? request)
    {
        request = null;
        var reader = new PostcardReader(bytes);
        return RequestCodec.TryReadKind(ref reader, RequestKind.Get) && TryReadBody(ref reader, out request);
    }

    /// <summary>The request as it is sent.</summary>
    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PostcardWriter(output);
        writer.WriteByte((byte)RequestKind.Get);
        WriteBody(writer);
        return output.WrittenSpan.ToArray();
    }

    internal static bool TryReadBody(ref PostcardReader reader, [NotNullWhen(true)] out GetRequest? request)
    {
        request = null;
        if (!RequestCodec.TryReadHash(ref reader, out var hash) || !ChunkRangesSequence.TryRead(ref reader, out var ranges))
            return false;
        request = new GetRequest(hash, ranges);
        return true;
    }

    internal void WriteBody(PostcardWriter writer)
    {
        RequestCodec.WriteHash(writer, Hash);
        Ranges.Write(writer);
    }
}
