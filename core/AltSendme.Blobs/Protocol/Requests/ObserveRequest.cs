using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using AltSendme.Blobs.Bao;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Blobs.Protocol.Requests;

/// <summary>Asks which parts of a blob the provider has.</summary>
/// <param name="Hash">The blob.</param>
/// <param name="Ranges">Which parts are of interest; iroh's providers tell of all.</param>
public sealed record ObserveRequest(Hash Hash, ChunkRanges Ranges)
{
    /// <summary>Reads a whole request, type byte and all. Bytes after it are ignored, as iroh ignores them.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ObserveRequest? request)
    {
        request = null;
        var reader = new PostcardReader(bytes);
        if (!RequestCodec.TryReadKind(ref reader, RequestKind.Observe) || !RequestCodec.TryReadHash(ref reader, out var hash) || !RangeSpec.TryRead(ref reader, out var ranges))
            return false;
        request = new ObserveRequest(hash, ranges);
        return true;
    }

    /// <summary>The request as it is sent.</summary>
    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PostcardWriter(output);
        writer.WriteByte((byte)RequestKind.Observe);
        RequestCodec.WriteHash(writer, Hash);
        RangeSpec.Write(writer, Ranges);
        return output.WrittenSpan.ToArray();
    }
}
