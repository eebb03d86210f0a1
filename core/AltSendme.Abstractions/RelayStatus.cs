namespace AltSendme.Abstractions;

/// <summary>How a relay tunnel stands, in one word.</summary>
public enum RelayStatus
{
    /// <summary>Connecting, or connecting again.</summary>
    Connecting,

    /// <summary>Datagrams flow.</summary>
    Connected,

    /// <summary>The relay refused for good (authentication, policy of its operator); it is not tried again.</summary>
    Refused,

    /// <summary>Disposed.</summary>
    Closed,
}
