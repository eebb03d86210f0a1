namespace AltSendme.Quic.Simulation;

/// <summary>One direction of a network: a queue, a wire and bad luck.</summary>
internal sealed class SimulatedLink(SeededRandom random)
{
    private Instant _wireFree;

    /// <summary>How it behaves from now on.</summary>
    public LinkConditions Conditions { get; set; } = new();

    /// <summary>Datagrams that were offered.</summary>
    public ulong Offered { get; private set; }

    /// <summary>Datagrams that found the queue full.</summary>
    public ulong QueueDrops { get; private set; }

    /// <summary>Bytes that came out.</summary>
    public ulong DeliveredBytes { get; private set; }

    /// <summary>Datagrams that came out.</summary>
    public ulong Delivered { get; private set; }

    /// <summary>Sends a datagram; <paramref name="deliver"/> is called for each copy with the time of its arrival.</summary>
    public void Send(byte[] datagram, Ecn ecn, Instant now, Action<byte[], Ecn, Instant> deliver)
    {
        Offered++;
        var conditions = Conditions;
        if (datagram.Length > conditions.Mtu)
            return;

        var leaves = now;
        if (conditions.BitsPerSecond > 0)
        {
            var start = Instant.Max(now, _wireFree);
            var waiting = (start - now).TotalSeconds * conditions.BitsPerSecond / 8;
            if (waiting + datagram.Length > conditions.QueueBytes)
            {
                QueueDrops++;
                return;
            }

            if (conditions.MarkAboveBytes > 0 && waiting > conditions.MarkAboveBytes && ecn != Ecn.NotCapable)
                ecn = Ecn.CongestionExperienced;
            const int IpAndUdpHeaders = 28;
            leaves = start + TimeSpan.FromSeconds((datagram.Length + IpAndUdpHeaders) * 8 / conditions.BitsPerSecond);
            _wireFree = leaves;
        }

        if (random.Chance(conditions.Loss))
            return;
        if (random.Chance(conditions.Corruption))
            datagram[random.Next((uint)datagram.Length)] ^= (byte)(1 << (int)random.Next(8));
        var copies = random.Chance(conditions.Duplication) ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            Delivered++;
            DeliveredBytes += (ulong)datagram.Length;
            deliver(copy == 0 ? datagram : (byte[])datagram.Clone(), conditions.ClearsEcn ? Ecn.NotCapable : ecn, leaves + conditions.Delay + (conditions.Jitter * random.NextDouble()));
        }
    }
}
