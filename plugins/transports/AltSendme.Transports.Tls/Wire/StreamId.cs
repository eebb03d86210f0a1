namespace AltSendme.Transports.Tls.Wire;

/// <summary>Number of a stream in its connection: 0, 2, 4 ... for those that the dialer opens, 1, 3, 5 ... for the acceptor's.</summary>
internal readonly record struct StreamId(ulong Value)
{
    /// <summary>The stream that the same side opens after this one.</summary>
    public StreamId Next => new(Value + 2);

    /// <summary>The first stream that <paramref name="side"/> opens.</summary>
    public static StreamId First(Side side) => new(side == Side.Dialer ? 0UL : 1UL);

    /// <summary>Whether <paramref name="side"/> is the one to open this stream.</summary>
    public bool IsOpenedBy(Side side) => (Value & 1) == First(side).Value;
}
