namespace AltSendme.Core.Policy;

/// <summary>Which direct connections are allowed, from the least to the most strict.</summary>
public enum DirectRule
{
    /// <summary>All.</summary>
    Allowed,

    /// <summary>Those within the local network: loopback, link-local and private addresses.</summary>
    LanOnly,

    /// <summary>None; peers are reached by relay.</summary>
    Denied,
}
