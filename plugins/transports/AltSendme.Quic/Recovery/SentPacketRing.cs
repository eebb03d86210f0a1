namespace AltSendme.Quic.Recovery;

/// <summary>Packets of one space from the oldest whose fate is open, found by number in one step. Grows to what was once in flight and is reused from then on.</summary>
internal sealed class SentPacketRing
{
    private SentPacket[] _packets = new SentPacket[16];

    /// <summary>Frames of these packets.</summary>
    public SentFrameRing Frames { get; } = new();

    /// <summary>Lowest packet number kept.</summary>
    public ulong First { get; private set; }

    /// <summary>The number that the next packet gets.</summary>
    public ulong Next { get; private set; }

    /// <summary>The packet with a number between <see cref="First"/> and <see cref="Next"/>.</summary>
    public ref SentPacket this[ulong packetNumber] => ref _packets[packetNumber & (ulong)(_packets.Length - 1)];

    /// <summary>Appends a packet; its number is the value of <see cref="Next"/> before the call.</summary>
    public void Add(in SentPacket packet)
    {
        if (Next - First == (ulong)_packets.Length)
            Grow();
        this[Next++] = packet;
    }

    /// <summary>Leaves a number out.</summary>
    public void Skip() => Add(new SentPacket { State = SentPacketState.Skipped, FirstFrame = Frames.Next, Path = null! });

    /// <summary>Forgets packets from the oldest on, as long as their fate is known and they are below <paramref name="limit"/>.</summary>
    public void ReleaseSettled(ulong limit)
    {
        var before = First;
        while (First < Next && First < limit && this[First].State != SentPacketState.Outstanding)
            First++;
        if (First != before)
            Frames.ReleaseBefore(First < Next ? this[First].FirstFrame : Frames.Next);
    }

    private void Grow()
    {
        var grown = new SentPacket[_packets.Length * 2];
        for (var number = First; number < Next; number++)
            grown[number & (ulong)(grown.Length - 1)] = this[number];
        _packets = grown;
    }
}
