using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Streams;

/// <summary>A stream's number on the wire: two flag bits and a count (RFC 9000, section 2.1).</summary>
/// <param name="Value">The number.</param>
internal readonly record struct StreamId(ulong Value)
{
    /// <summary>Builds the id of the stream that <paramref name="initiator"/> opened as its <paramref name="index"/>-th of this direction.</summary>
    public StreamId(Side initiator, StreamDirection direction, ulong index)
        : this((index << 2) | ((ulong)direction << 1) | (ulong)initiator)
    {
    }

    /// <summary>Who opened it.</summary>
    public Side Initiator => (Side)(Value & 1);

    /// <summary>Who may send on it.</summary>
    public StreamDirection Direction => (StreamDirection)((Value >> 1) & 1);

    /// <summary>How many streams of its kind were opened before it.</summary>
    public ulong Index => Value >> 2;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
