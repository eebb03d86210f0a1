namespace AltSendme.Quic.Packets;

/// <summary>Versions of QUIC that this library knows (RFC 9000, section 15).</summary>
internal static class QuicVersion
{
    /// <summary>Version 1.</summary>
    public const uint V1 = 0x0000_0001;

    /// <summary>What a Version Negotiation packet carries in its version field (RFC 8999, section 6).</summary>
    public const uint Negotiation = 0;

    /// <summary>A reserved version of the pattern 0x?a?a?a?a that keeps negotiation exercised (RFC 9000, section 6.3).</summary>
    public const uint Reserved = 0x5a6a_7a8a;
}
