using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Blobs.Protocol.Requests;

/// <summary>Announces content that follows on the same stream, in the form of an answer to the same <see cref="GetRequest"/>. Its length stands in front, since the stream goes on.</summary>
/// <param name="Hash">The root.</param>
/// <param name="Ranges">What follows of the root and of its children.</param>
public sealed record PushRequest(Hash Hash, ChunkRangesSequence Ranges)
{
    /// <summary>Reads a whole request, type byte and all.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PushRequest? request)
    {
        request = null;
        var reader = new PostcardReader(bytes);
        if (!RequestCodec.TryReadKind(ref reader, RequestKind.Push) || !reader.TryReadBytes(BlobProtocol.MaxRequestSize, out var body))
            return false;
        var inner = new PostcardReader(body);
        if (!GetRequest.TryReadBody(ref inner, out var get))
            return false;
        request = new PushRequest(get.Hash, get.Ranges);
        return true;
    }

    /// <summary>The request as it is sent.</summary>
    public byte[] Encode()
    {
        var body = new ArrayBufferWriter<byte>();
        new GetRequest(Hash, Ranges).WriteBody(new PostcardWriter(body));
        var output = new ArrayBufferWriter<byte>();
        var writer = new PostcardWriter(output);
        writer.WriteByte((byte)RequestKind.Push);
        writer.WriteBytes(body.WrittenSpan);
        return output.WrittenSpan.ToArray();
    }
}
