using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;

namespace AltSendme.TestKit;

/// <summary>A transport of a <see cref="MemoryNetwork"/>. Its scheme is <c>memory</c>; any candidate of it leads to the peer.</summary>
public sealed class MemoryTransport(MemoryNetwork network, IEndpointIdentity identity) : ITransport
{
    private readonly Channel<IConnection> _arrivals = Channel.CreateUnbounded<IConnection>();
    private bool _listening;

    public EndpointId Id => identity.Id;

    public IReadOnlyList<Alpn> Protocols { get; private set; } = [];

    public ValueTask<int?> ListenAsync(ListenOptions options, CancellationToken cancellationToken = default)
    {
        Protocols = options.Protocols;
        _listening = true;
        network.Listen(this);
        return ValueTask.FromResult<int?>(null);
    }

    public IAsyncEnumerable<IConnection> AcceptAsync(CancellationToken cancellationToken = default) => _arrivals.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask<IConnection> DialAsync(EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, CancellationToken cancellationToken = default)
    {
        await foreach (var candidate in candidates.WithCancellation(cancellationToken))
        {
            await network.PassAsync().WaitAsync(cancellationToken);
            if (candidate.Address.Scheme == network.Scheme && network.Connect(identity.Id, remote, protocol) is { } connection)
                return connection;
        }

        throw new PeerUnreachableException("peer.unreachable", $"The peer {remote.ToShortString()} is not in the memory network.");
    }

    public async IAsyncEnumerable<IReadOnlyList<EndpointAddress>> WatchAddressesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        EndpointAddress.TryCreate(network.Scheme, identity.Id.ToShortString(), out var address);
        yield return _listening ? [address] : [];
    }

    public ValueTask DisposeAsync()
    {
        network.Leave(this);
        _arrivals.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    internal void Arrive(IConnection connection) => _arrivals.Writer.TryWrite(connection);
}
