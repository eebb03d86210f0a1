using System.Buffers.Binary;

namespace AltSendme.Quic.Tls.Wire;

/// <summary>A list of 16-bit numbers (suites, groups, schemes, versions) where it was received. The length is checked to be even.</summary>
internal readonly ref struct UInt16List(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Whether <paramref name="value"/> is in the list.</summary>
    public bool Contains(ushort value)
    {
        for (var rest = _bytes; !rest.IsEmpty; rest = rest[sizeof(ushort)..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == value)
                return true;
        }

        return false;
    }
}
