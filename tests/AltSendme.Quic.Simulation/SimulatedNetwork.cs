using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Simulation;

/// <summary>
/// A network in virtual time: hosts, one link to the servers and one back, shared by all. Everything that happens is decided by the seed, and time jumps from one event to the next. A failure names the
/// seed; set <c>ALTSENDME_SEED</c> to run it again, and <c>ALTSENDME_QLOG</c> to a folder to see what happened.
/// </summary>
internal sealed class SimulatedNetwork : IDisposable
{
    private const uint FirstIpAddress = 0xc6336400;   // 198.51.100.0, for examples
    private const ushort IpPort = 4433;

    private readonly PriorityQueue<Action, (long Time, long Order)> _agenda = new();
    private readonly List<SimulatedHost> _hosts = [];
    private readonly Dictionary<NetworkAddress, SimulatedHost> _byAddress = [];
    private readonly QlogFolder _qlogs;
    private long _order;
    private uint _nextAddress = 1;

    /// <summary>Begins at a time that is not zero, so that unset instants show.</summary>
    public SimulatedNetwork(ulong seed)
    {
        Seed = seed;
        _qlogs = new QlogFolder(seed);
        Random = new SeededRandom(seed);
        ToServer = new SimulatedLink(Random);
        ToClient = new SimulatedLink(Random);
    }

    /// <summary>What decides the run.</summary>
    public ulong Seed { get; }

    /// <summary>Chance.</summary>
    public SeededRandom Random { get; }

    /// <summary>Virtual time.</summary>
    public Instant Now { get; private set; } = new(1_000_000);

    /// <summary>The link to the servers.</summary>
    public SimulatedLink ToServer { get; }

    /// <summary>The link to the clients.</summary>
    public SimulatedLink ToClient { get; }

    /// <summary>Both links' conditions at once.</summary>
    public LinkConditions Conditions
    {
        set
        {
            ToServer.Conditions = value;
            ToClient.Conditions = value;
        }
    }

    /// <summary>Datagrams for which this is false vanish; for tests that lose particular ones.</summary>
    public Func<SimulatedHost, ReadOnlyMemory<byte>, bool>? Filter { get; set; }

    /// <summary>Addresses from and to which nothing gets through any more.</summary>
    public HashSet<NetworkAddress> Dead { get; } = [];

    /// <summary>What becomes of a datagram on its way.</summary>
    public Func<byte[], byte[]>? Tamper { get; set; }

    /// <summary>Adds a host.</summary>
    public SimulatedHost AddHost(bool isServer, Crypto.ICryptoProvider? provider = null, ConnectionOptions? options = null, Endpoints.EndpointOptions? endpoint = null)
    {
        var host = new SimulatedHost(this, NewAddress(), isServer, provider ?? new PlainCrypto.PlainProvider(), _qlogs.Watch(options ?? new ConnectionOptions()), endpoint);
        _hosts.Add(host);
        _byAddress[host.Address] = host;
        return host;
    }

    /// <summary>Gives a host another address, as a NAT does that lost its mapping: the host does not notice.</summary>
    public void Rebind(SimulatedHost host)
    {
        _byAddress.Remove(host.Address);
        host.Address = NewAddress();
        _byAddress[host.Address] = host;
    }

    /// <summary>Whether hosts have addresses of the network instead of opaque ones.</summary>
    public bool HasIpAddresses { get; init; }

    /// <summary>An address that no host has.</summary>
    public NetworkAddress NewAddress() => HasIpAddresses ? new NetworkAddress(AddressKind.IPv4, FirstIpAddress + _nextAddress++, IpPort) : NetworkAddress.Opaque(_nextAddress++);

    /// <summary>Makes a further address lead to a host.</summary>
    public void AddAddress(SimulatedHost host, NetworkAddress address) => _byAddress[address] = host;

    /// <summary>Sends a datagram on its way.</summary>
    public void Send(SimulatedHost from, NetworkAddress source, NetworkAddress destination, byte[] datagram, Ecn ecn)
    {
        if (Dead.Contains(source) || Dead.Contains(destination) || (Filter is { } filter && !filter(from, datagram)))
            return;
        var link = from.IsServer ? ToClient : ToServer;
        link.Send(Tamper?.Invoke(datagram) ?? datagram, ecn, Now, (copy, mark, arrival) => At(arrival, () =>
        {
            if (_byAddress.TryGetValue(destination, out var host))
                host.OnDatagram(copy, new NetworkPath(destination, source), mark);
        }));
    }

    /// <summary>Does something later.</summary>
    public void At(Instant time, Action action) => _agenda.Enqueue(action, (time.Microseconds, _order++));

    /// <summary>Runs until a condition holds; throws with the seed when it does not within <paramref name="within"/> of virtual time.</summary>
    public void RunUntil(Func<bool> condition, TimeSpan within)
    {
        if (!TryRunUntil(condition, within))
            throw new TimeoutException($"Seed {Seed}: the condition did not hold within {within} of virtual time (now {Now.Microseconds} us).");
    }

    /// <summary>Runs for a while.</summary>
    public void RunFor(TimeSpan duration) => TryRunUntil(static () => false, duration);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var host in _hosts)
            host.Dispose();
        _qlogs.Dispose();
    }

    private bool TryRunUntil(Func<bool> condition, TimeSpan within)
    {
        var end = Now + within;
        Settle();
        while (!condition())
        {
            var timeout = Instant.Never;
            foreach (var host in _hosts)
                timeout = Instant.Min(timeout, host.NextTimeout);
            var next = _agenda.TryPeek(out _, out var first) ? Instant.Min(timeout, new Instant(first.Time)) : timeout;
            if (next > end)
            {
                Now = end;
                return false;
            }

            Now = Instant.Max(Now, next);
            while (_agenda.TryPeek(out _, out first) && first.Time <= Now.Microseconds)
                _agenda.Dequeue()();
            foreach (var host in _hosts)
                host.OnTime();
        }

        return true;
    }

    private void Settle()
    {
        foreach (var host in _hosts)
            host.OnTime();
    }
}
