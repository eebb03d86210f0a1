using AltSendme.Primitives.Encoding;

namespace AltSendme.Blobs.Protocol.Requests;

/// <summary>The parts that all requests share.</summary>
internal static class RequestCodec
{
    public static bool TryReadKind(ref PostcardReader reader, RequestKind kind) => reader.TryReadByte(out var read) && read == (byte)kind;

    public static bool TryReadHash(ref PostcardReader reader, out Hash hash)
    {
        var read = reader.TryReadFixed(Hash.Length, out var bytes);
        hash = read ? new Hash(bytes) : default;
        return read;
    }

    public static void WriteHash(PostcardWriter writer, in Hash hash) => writer.WriteFixed(Hash.AsSpan(hash));
}
