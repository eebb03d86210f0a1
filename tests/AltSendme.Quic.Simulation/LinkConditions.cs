namespace AltSendme.Quic.Simulation;

/// <summary>How a link treats datagrams. May be changed while a run goes on.</summary>
internal sealed record LinkConditions
{
    /// <summary>Time on the wire.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Additional time, evenly spread from zero to this: reorders.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Probability that a datagram is lost.</summary>
    public double Loss { get; init; }

    /// <summary>Probability that it comes twice.</summary>
    public double Duplication { get; init; }

    /// <summary>Probability that one of its bits is flipped.</summary>
    public double Corruption { get; init; }

    /// <summary>Bits in a second; zero for no limit.</summary>
    public double BitsPerSecond { get; init; }

    /// <summary>Bytes that may wait for the wire; what comes on top is dropped.</summary>
    public int QueueBytes { get; init; } = int.MaxValue;

    /// <summary>Largest UDP payload that passes; larger ones vanish.</summary>
    public int Mtu { get; init; } = 1472;

    /// <summary>Whether ECN marks are cleared.</summary>
    public bool ClearsEcn { get; init; }

    /// <summary>Bytes waiting above which packets that can be marked are marked instead; zero for never.</summary>
    public int MarkAboveBytes { get; init; }
}
