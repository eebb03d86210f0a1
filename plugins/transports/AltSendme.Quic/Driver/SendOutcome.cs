namespace AltSendme.Quic.Driver;

/// <summary>What became of datagrams that were given to a path.</summary>
public enum SendOutcome : byte
{
    /// <summary>They are on their way, or lost: QUIC cannot tell the difference and needs not.</summary>
    Done,

    /// <summary>There is no room now; they must be given again.</summary>
    Blocked,
}
