using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Extensions;

/// <summary>Names in an ALPN extension (RFC 7301, section 3.1).</summary>
internal readonly ref struct ApplicationProtocolList
{
    private readonly ReadOnlySpan<byte> _names;

    private ApplicationProtocolList(ReadOnlySpan<byte> names, int count)
    {
        _names = names;
        Count = count;
    }

    /// <summary>How many names there are; at least one.</summary>
    public int Count { get; }

    /// <summary>Checks an extension body; an empty name is refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ApplicationProtocolList list)
    {
        list = default;
        if (!VectorReader.TryReadWhole16(body, out var names))
            return false;

        var count = 0;
        for (var reader = new SpanReader(names); !reader.IsAtEnd; count++)
        {
            if (!reader.TryReadVector8(out var name) || name.IsEmpty)
                return false;
        }

        list = new ApplicationProtocolList(names, count);
        return true;
    }

    /// <summary>Appends an extension that offers, or picks, <paramref name="protocols"/>.</summary>
    public static void Write(HandshakeWriter writer, params ReadOnlySpan<ReadOnlyMemory<byte>> protocols)
    {
        var extension = writer.BeginExtension(ExtensionType.ApplicationProtocols);
        var names = writer.BeginVector(sizeof(ushort));
        foreach (var protocol in protocols)
            writer.WriteVector(1, protocol.Span);
        writer.EndVector(names);
        writer.EndVector(extension);
    }

    /// <summary>Whether <paramref name="protocol"/> is among the names.</summary>
    public bool Contains(ReadOnlySpan<byte> protocol)
    {
        for (var reader = new SpanReader(_names); reader.TryReadVector8(out var name);)
        {
            if (name.SequenceEqual(protocol))
                return true;
        }

        return false;
    }
}
