namespace AltSendme.Abstractions;

/// <summary>Explicit congestion notification of an IP packet (RFC 3168, section 5).</summary>
public enum EcnCodepoint
{
    /// <summary>Not capable.</summary>
    NotEct = 0,

    /// <summary>Capable, ECT(1).</summary>
    Ect1 = 1,

    /// <summary>Capable, ECT(0).</summary>
    Ect0 = 2,

    /// <summary>Congestion was experienced on the way.</summary>
    CongestionExperienced = 3,
}
