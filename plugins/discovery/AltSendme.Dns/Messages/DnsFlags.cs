namespace AltSendme.Dns;

/// <summary>The second 16 bits of a message (RFC 1035, section 4.1.1).</summary>
[Flags]
public enum DnsFlags : ushort
{
    /// <summary>A question, with nothing else said.</summary>
    None = 0,

    /// <summary>The message is a response.</summary>
    Response = 0x8000,

    /// <summary>The server is responsible for the name.</summary>
    Authoritative = 0x0400,

    /// <summary>Not everything fitted.</summary>
    Truncated = 0x0200,

    /// <summary>The server may ask others.</summary>
    RecursionDesired = 0x0100,

    /// <summary>The server does ask others.</summary>
    RecursionAvailable = 0x0080,
}
