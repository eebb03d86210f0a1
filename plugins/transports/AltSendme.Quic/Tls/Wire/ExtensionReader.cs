using System.Buffers.Binary;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Quic.Tls.Wire;

/// <summary>Walks through an extension block (RFC 8446, section 4.2) in whatever order it comes, and refuses a type that comes twice.</summary>
internal ref struct ExtensionReader
{
    /// <summary>Extensions in one message. Real hellos have about twenty; the bound keeps the search for duplicates cheap.</summary>
    private const int MaxCount = 64;

    private const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> _block;
    private SpanReader _reader;
    private int _count;

    /// <summary>Reads the body of an extension block, without the length in front of it.</summary>
    public ExtensionReader(ReadOnlySpan<byte> block)
    {
        _block = block;
        _reader = new SpanReader(block);
    }

    /// <summary>Whether the whole block was read.</summary>
    public readonly bool IsAtEnd => _reader.IsAtEnd;

    /// <summary>The next extension. False at the end, and with an <paramref name="error"/> where the block is malformed.</summary>
    public bool TryNext(out ExtensionType type, out ReadOnlySpan<byte> body, out TransportError error)
    {
        type = default;
        body = default;
        error = default;
        if (_reader.IsAtEnd)
            return false;

        var before = _block[..^_reader.Remaining.Length];
        if (++_count > MaxCount || !_reader.TryReadUInt16BigEndian(out var number) || !_reader.TryReadVector16(out body))
        {
            error = TlsAlert.DecodeError.Because("An extension block is truncated or has too many entries");
            return false;
        }

        type = (ExtensionType)number;
        if (!Contains(before, number))
            return true;
        error = TlsAlert.IllegalParameter.Because("An extension came twice in one message");
        return false;
    }

    /// <summary>Searches the part of the block that was already read, which is known to be well formed.</summary>
    private static bool Contains(ReadOnlySpan<byte> before, ushort number)
    {
        while (!before.IsEmpty)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(before) == number)
                return true;
            before = before[(HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(before[sizeof(ushort)..]))..];
        }

        return false;
    }
}
