namespace AltSendme.Dns;

/// <summary>Why bytes are no DNS message.</summary>
public enum DnsFault
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>They end before what they announce.</summary>
    Truncated,

    /// <summary>A name has a label of a kind that does not exist (RFC 1035, section 4.1.4).</summary>
    BadLabel,

    /// <summary>A compressed name points at itself or forward, or through more pointers than a name has labels.</summary>
    LoopingName,

    /// <summary>A name is longer than <see cref="DnsName.MaxLength"/>.</summary>
    NameTooLong,

    /// <summary>There are more questions or records than <see cref="DnsMessage.MaxRecords"/>.</summary>
    TooManyRecords,

    /// <summary>The contents of a record of a known type break its rules.</summary>
    BadData,

    /// <summary>The message is longer than <see cref="DnsMessage.MaxLength"/>.</summary>
    TooLong,
}
