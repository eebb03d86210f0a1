using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;

namespace AltSendme.TestKit;

/// <summary>One end of a connection inside the process.</summary>
public sealed class MemoryConnection : IConnection
{
    private readonly Channel<IByteStream> _incoming = Channel.CreateUnbounded<IByteStream>();
    private readonly TaskCompletionSource<ConnectionClosure> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<MemoryStreamEnd> _streams = [];
    private readonly MemoryNetwork _network;
    private readonly bool _serves;
    private readonly Channel<ConnectionPath> _moves = Channel.CreateUnbounded<ConnectionPath>();
    private MemoryConnection? _other;

    private MemoryConnection(MemoryNetwork network, EndpointId remote, Alpn protocol, bool serves)
    {
        _network = network;
        _serves = serves;
        RemoteId = remote;
        Protocol = protocol;
        EndpointAddress.TryCreate("memory", remote.ToShortString(), out var address);
        Path = new ConnectionPath(PathKind.Direct, address);
    }

    public EndpointId RemoteId { get; }

    public Alpn Protocol { get; }

    public ConnectionPath Path { get; private set; }

    public Task<ConnectionClosure> Closed => _closed.Task;

    internal ConnectionClosure? Closure => _closed.Task.IsCompletedSuccessfully ? _closed.Task.Result : null;

    public async IAsyncEnumerable<ConnectionPath> WatchPathAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return Path;
        await foreach (var path in _moves.Reader.ReadAllAsync(cancellationToken))
            yield return path;
    }

    /// <summary>Pretends that the bytes take another way now.</summary>
    public void Move(ConnectionPath path)
    {
        Path = path;
        _moves.Writer.TryWrite(path);
    }

    public ValueTask<IByteStream> OpenStreamAsync(CancellationToken cancellationToken = default)
    {
        if (Closure is { } closure)
            throw new ConnectionLostException(closure);
        var (mine, theirs) = MemoryStreamEnd.Pair(_serves ? null : _network.Carry, _serves ? _network.Carry : null, _network.PassAsync);
        lock (_streams)
            _streams.Add(mine);
        lock (_other!._streams)
            _other._streams.Add(theirs);
        _other._incoming.Writer.TryWrite(theirs);
        return ValueTask.FromResult<IByteStream>(mine);
    }

    public async ValueTask<IByteStream?> AcceptStreamAsync(CancellationToken cancellationToken = default) =>
        await _incoming.Reader.WaitToReadAsync(cancellationToken) && _incoming.Reader.TryRead(out var stream) ? stream : null;

    public ValueTask CloseAsync(CloseCode code, string reason, CancellationToken cancellationToken = default)
    {
        End(new ConnectionClosure(CloseInitiator.Local, code, reason));
        _other!.End(new ConnectionClosure(CloseInitiator.Peer, code, reason));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => CloseAsync(CloseCode.None, "");

    /// <summary>Both ends of a new connection.</summary>
    public static (MemoryConnection Dialled, MemoryConnection Accepted) Between(MemoryNetwork network, EndpointId from, EndpointId to, Alpn protocol)
    {
        var dialled = new MemoryConnection(network, to, protocol, serves: false);
        var accepted = new MemoryConnection(network, from, protocol, serves: true) { _other = dialled };
        dialled._other = accepted;
        return (dialled, accepted);
    }

    internal void Lose()
    {
        var lost = new ConnectionClosure(CloseInitiator.Transport, CloseCode.None, "cut");
        End(lost);
        _other!.End(lost);
    }

    private void End(ConnectionClosure closure)
    {
        if (!_closed.TrySetResult(closure))
            return;
        _incoming.Writer.TryComplete();
        _moves.Writer.TryComplete();
        MemoryStreamEnd[] streams;
        lock (_streams)
            streams = [.. _streams];
        foreach (var stream in streams)
            stream.Fail(new ConnectionLostException(closure));
    }
}
