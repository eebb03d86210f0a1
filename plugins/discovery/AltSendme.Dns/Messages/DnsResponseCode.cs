namespace AltSendme.Dns;

/// <summary>How a server answers (RFC 1035, section 4.1.1). Any other value up to 15 is possible.</summary>
public enum DnsResponseCode
{
    /// <summary>There may be an answer.</summary>
    NoError = 0,

    /// <summary>The server could not read the question.</summary>
    FormatError = 1,

    /// <summary>The server failed.</summary>
    ServerFailure = 2,

    /// <summary>The name does not exist.</summary>
    NameError = 3,

    /// <summary>The server can't do what was asked.</summary>
    NotImplemented = 4,

    /// <summary>The server does not want to.</summary>
    Refused = 5,
}
