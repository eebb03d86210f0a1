using System.Buffers;
using AltSendme.Blobs.Bao;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Blobs.Protocol.Requests;

/// <summary>One answer to an <see cref="ObserveRequest"/>: what the provider has of the blob.</summary>
/// <param name="Size">Bytes of the blob; 0 when unknown.</param>
/// <param name="Ranges">The chunks that are there; <see cref="ChunkRanges.All"/> for a complete blob.</param>
public sealed record ObserveItem(long Size, ChunkRanges Ranges)
{
    /// <summary>The answer as it is sent, with its length in front. Other than in requests, ranges are written as boundaries, not as widths.</summary>
    public byte[] Encode()
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new PostcardWriter(body);
        writer.WriteVarUInt64((ulong)Size);
        writer.WriteVarUInt64((ulong)Ranges.Boundaries.Length);
        foreach (var boundary in Ranges.Boundaries)
            writer.WriteVarUInt64(boundary);

        var framed = new ArrayBufferWriter<byte>();
        new PostcardWriter(framed).WriteBytes(body.WrittenSpan);
        return framed.WrittenSpan.ToArray();
    }
}
