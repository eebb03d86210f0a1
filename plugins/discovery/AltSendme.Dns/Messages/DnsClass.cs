namespace AltSendme.Dns;

/// <summary>Classes of records and questions. Multicast DNS gives the top bit a meaning of its own (RFC 6762, sections 5.4 and 10.2), so that any value is possible.</summary>
public enum DnsClass : ushort
{
    /// <summary>No class.</summary>
    None = 0,

    /// <summary>The internet: the only one in use.</summary>
    In = 1,

    /// <summary>In questions: every class.</summary>
    Any = 255,
}
