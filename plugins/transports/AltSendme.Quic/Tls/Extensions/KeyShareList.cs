using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Tls.Exchange;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Extensions;

/// <summary>The key shares of a ClientHello (RFC 8446, section 4.2.8), checked once and searched where they were received.</summary>
internal readonly ref struct KeyShareList
{
    /// <summary>Shares in one offer; each needs a group of its own, and no client sends more than a few.</summary>
    private const int MaxCount = 16;

    private readonly ReadOnlySpan<byte> _shares;

    private KeyShareList(ReadOnlySpan<byte> shares, int count)
    {
        _shares = shares;
        Count = count;
    }

    /// <summary>How many shares there are; none is how a client asks for a HelloRetryRequest.</summary>
    public int Count { get; }

    /// <summary>Checks an extension body: well formed, no group twice, no group that was not offered.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, UInt16List offeredGroups, out KeyShareList list, out TransportError error)
    {
        list = default;
        error = TlsAlert.DecodeError.Because("A key_share extension is malformed");
        var outer = new SpanReader(body);
        if (!outer.TryReadVector16(out var shares) || !outer.IsAtEnd)
            return false;

        Span<ushort> groups = stackalloc ushort[MaxCount];
        var count = 0;
        for (var reader = new SpanReader(shares); !reader.IsAtEnd;)
        {
            if (count == MaxCount || !reader.TryReadUInt16BigEndian(out var group) || !reader.TryReadVector16(out var key) || key.IsEmpty)
                return false;
            if (groups[..count].Contains(group) || !offeredGroups.Contains(group))
            {
                error = TlsAlert.IllegalParameter.Because("A key share is a second one of its group, or of a group that is not offered");
                return false;
            }

            groups[count++] = group;
        }

        list = new KeyShareList(shares, count);
        error = default;
        return true;
    }

    /// <summary>Finds the share of <paramref name="group"/>.</summary>
    public bool TryFind(NamedGroup group, out ReadOnlySpan<byte> key)
    {
        key = default;
        for (var reader = new SpanReader(_shares); !reader.IsAtEnd;)
        {
            if (!reader.TryReadUInt16BigEndian(out var found) || !reader.TryReadVector16(out key))
                return false;
            if (found == (ushort)group)
                return true;
        }

        return false;
    }
}
