namespace AltSendme.Quic.Metrics;

/// <summary>Counts of one endpoint since it began. Its owner writes, without locks or allocation; any thread reads.</summary>
internal sealed class EndpointCounters
{
    private readonly long[] _values = new long[Enum.GetValues<EndpointCount>().Length];

    /// <summary>A count.</summary>
    public long this[EndpointCount count] => Volatile.Read(ref _values[(int)count]);

    /// <summary>Adds to a count.</summary>
    public void Add(EndpointCount count, long number = 1)
    {
        ref var value = ref _values[(int)count];
        Volatile.Write(ref value, value + number);
    }

    /// <summary>Adds what a connection did since it was counted <paramref name="before"/>.</summary>
    public void Add(in ConnectionStatistics before, in ConnectionStatistics now)
    {
        Add(EndpointCount.PacketsSent, (long)(now.PacketsSent - before.PacketsSent));
        Add(EndpointCount.PacketsReceived, (long)(now.PacketsReceived - before.PacketsReceived));
        Add(EndpointCount.PacketsLost, (long)(now.PacketsLost - before.PacketsLost));
        Add(EndpointCount.PacketsUndecryptable, (long)(now.Undecryptable - before.Undecryptable));
        Add(EndpointCount.BytesSent, (long)(now.BytesSent - before.BytesSent));
        Add(EndpointCount.BytesReceived, (long)(now.BytesReceived - before.BytesReceived));
        Add(EndpointCount.KeyUpdates, now.KeyUpdates - before.KeyUpdates);
    }

    /// <summary>Adds all counts of another endpoint.</summary>
    public void Add(EndpointCounters other)
    {
        for (var count = 0; count < _values.Length; count++)
            Add((EndpointCount)count, other[(EndpointCount)count]);
    }
}
