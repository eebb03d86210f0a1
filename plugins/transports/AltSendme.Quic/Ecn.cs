namespace AltSendme.Quic;

/// <summary>Explicit congestion notification of an IP packet (RFC 3168, section 5); values as in the header.</summary>
public enum Ecn : byte
{
    /// <summary>Not capable.</summary>
    NotCapable = 0,

    /// <summary>Capable, ECT(1).</summary>
    Ect1 = 1,

    /// <summary>Capable, ECT(0).</summary>
    Ect0 = 2,

    /// <summary>Congestion was experienced on the way.</summary>
    CongestionExperienced = 3,
}
