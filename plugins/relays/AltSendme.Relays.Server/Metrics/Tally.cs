namespace AltSendme.Relays.Server.Metrics;

/// <summary>What one read brought, counted without touching what all threads share.</summary>
internal struct Tally
{
    public int Packets;
    public long Bytes;
    public int Absent;
    public int Dropped;
}
