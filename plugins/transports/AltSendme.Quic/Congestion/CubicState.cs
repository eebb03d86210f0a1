namespace AltSendme.Quic.Congestion;

/// <summary>What CUBIC knows (RFC 9438, section 4.1.2), as one value: what a reduction of the window changes can be put back. Windows are bytes.</summary>
internal struct CubicState
{
    /// <summary>The congestion window, with the fraction that grows between datagrams.</summary>
    public double Window;

    /// <summary>Window below which slow start holds.</summary>
    public ulong SlowStartThreshold;

    /// <summary>Where the curve has its plateau, W_max.</summary>
    public double MaxWindow;

    /// <summary>The window before the last reduction, cwnd_prior.</summary>
    public double WindowBeforeReduction;

    /// <summary>What Reno would have by now, W_est.</summary>
    public double RenoWindow;

    /// <summary>Seconds from the beginning of the epoch to the plateau, K.</summary>
    public double TimeToMax;

    /// <summary>When the curve began; never in slow start and right after a reduction.</summary>
    public Instant EpochStart;
}
