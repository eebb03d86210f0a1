namespace AltSendme.Dns;

/// <summary>Types of records and questions (IANA, Domain Name System Parameters). Any other value is possible.</summary>
public enum DnsType : ushort
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary>An IPv4 address (RFC 1035, section 3.4.1).</summary>
    A = 1,

    /// <summary>A server of a zone (RFC 1035, section 3.3.11).</summary>
    Ns = 2,

    /// <summary>Another name for the same (RFC 1035, section 3.3.1).</summary>
    Cname = 5,

    /// <summary>What a zone says about itself; in negative answers for how long they hold (RFC 2308).</summary>
    Soa = 6,

    /// <summary>A pointer to a name (RFC 1035, section 3.3.12).</summary>
    Ptr = 12,

    /// <summary>Texts (RFC 1035, section 3.3.14).</summary>
    Txt = 16,

    /// <summary>An IPv6 address (RFC 3596).</summary>
    Aaaa = 28,

    /// <summary>Host and port of a service (RFC 2782).</summary>
    Srv = 33,

    /// <summary>Extensions of the message (RFC 6891).</summary>
    Opt = 41,

    /// <summary>What exists at a name (RFC 4034, section 4; RFC 6762, section 6.1).</summary>
    Nsec = 47,

    /// <summary>In questions: records of every type.</summary>
    Any = 255,
}
