namespace AltSendme.Transports.Tls.Wire;

/// <summary>What a try to read a frame header came to.</summary>
internal enum FrameStatus
{
    /// <summary>A header was read.</summary>
    Complete,

    /// <summary>The bytes so far are fine, but the header goes on.</summary>
    Incomplete,

    /// <summary>No header can begin with these bytes.</summary>
    Invalid,
}
