using System.Collections.Concurrent;

namespace AltSendme.Relays.Server.Metrics;

/// <summary>What the relay counts. Numbers only: no endpoint id and no address is ever a label. Counted once for many packets where it is on their way.</summary>
internal sealed class RelayMetrics
{
    /// <summary>Kinds of faults that are told apart; they are names of this program's own.</summary>
    private readonly ConcurrentDictionary<string, long> _faults = new(StringComparer.Ordinal);

#pragma warning disable CA1051 // Counted with Interlocked, which wants fields.
    public long Clients;
    public long ClientsAccepted;
    public long ClientsReplaced;
    public long PacketsReceived;
    public long BytesReceived;
    public long PacketsSent;
    public long PacketsToAbsentPeers;
    public long PacketsDroppedFullQueue;
    public long RateLimited;
    public long SlowClientsCut;
    public long SilentClientsCut;
    public long TextsIgnored;
    public long AuthenticationFailed;
    public long AccessDenied;
    public long HandshakesTimedOut;
    public long UpgradesRefused;
    public long ClientsRefusedFull;
    public long ConnectionsRefusedPerAddress;
    public long ConnectionsRefusedFull;
    public long ConnectionsWithoutRequest;
    public long Connections;
    public long AddressQuestions;
    public long AddressQuestionsIgnored;
    public long AddressesTold;
    public long AddressConnections;
#pragma warning restore CA1051

    /// <summary>Faults by their name.</summary>
    public IEnumerable<KeyValuePair<string, long>> Faults => _faults;

    /// <summary>Adds what one read brought.</summary>
    public void Count(in Tally tally)
    {
        if (tally.Packets > 0)
        {
            Interlocked.Add(ref PacketsReceived, tally.Packets);
            Interlocked.Add(ref BytesReceived, tally.Bytes);
        }

        if (tally.Absent > 0)
            Interlocked.Add(ref PacketsToAbsentPeers, tally.Absent);
        if (tally.Dropped > 0)
            Interlocked.Add(ref PacketsDroppedFullQueue, tally.Dropped);
    }

    /// <summary>Counts a client that broke the protocol.</summary>
    public void CountFault(string kind) => _faults.AddOrUpdate(kind, 1, static (_, count) => count + 1);
}
