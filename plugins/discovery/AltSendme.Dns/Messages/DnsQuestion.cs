namespace AltSendme.Dns;

/// <summary>What a message asks for (RFC 1035, section 4.1.2).</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of records.</param>
/// <param name="Class">Their class.</param>
public sealed record DnsQuestion(DnsName Name, DnsType Type, DnsClass Class = DnsClass.In);
