using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.Primitives.Concurrency;

namespace AltSendme.Core.Discovery;

/// <summary>One search for an endpoint by all services at the same time. Whoever reads it, at whatever moment, sees everything that was found, in order.</summary>
internal sealed class Lookup
{
    private readonly Latest<IReadOnlyList<Candidate>> _found;
    private readonly Lock _gate = new();   // guards the two below
    private readonly HashSet<EndpointAddress> _addresses = [];
    private readonly List<string> _failures = [];

    private Lookup(EndpointId id, IReadOnlyList<Candidate> known)
    {
        Id = id;
        _found = new Latest<IReadOnlyList<Candidate>>(known);
    }

    /// <summary>Who is looked for.</summary>
    public EndpointId Id { get; }

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Candidate> Found => _found.Value;

    /// <summary>Ends when every service has answered or failed; never faults.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>What each service that found nothing says, for people.</summary>
    public string Failures
    {
        get
        {
            lock (_gate)
                return string.Join("; ", _failures);
        }
    }

    /// <summary>A search that is over: what is known is the answer.</summary>
    public static Lookup Known(EndpointId id, IReadOnlyList<Candidate> known)
    {
        var lookup = new Lookup(id, known);
        lookup._found.Complete();
        return lookup;
    }

    /// <summary>Asks all services at once.</summary>
    /// <param name="id">Whom to look for.</param>
    /// <param name="start">Gives the services.</param>
    /// <param name="onEnd">Told once it is over.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Lookup Start(EndpointId id, Func<CancellationToken, Task<IReadOnlyList<DiscoveryService>>> start, Action<Lookup> onEnd, CancellationToken cancellationToken)
    {
        var lookup = new Lookup(id, []);
        lookup.Completion = lookup.RunAsync(start, onEnd, cancellationToken);
        return lookup;
    }

    /// <summary>What was found, and what is yet to come.</summary>
    public async IAsyncEnumerable<Candidate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0;
        await foreach (var found in _found.WatchAsync(cancellationToken))
        {
            for (; read < found.Count; read++)
                yield return found[read];
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task<IReadOnlyList<DiscoveryService>>> start, Action<Lookup> onEnd, CancellationToken cancellationToken)
    {
        // Nobody waits, behind a lock at that, while plugins are loaded.
        await Task.Yield();
        try
        {
            var services = await start(cancellationToken);
            await Task.WhenAll(services.Select(service => AskAsync(service, cancellationToken)));
            onEnd(this);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The session is over.
        }
        finally
        {
            _found.Complete();
        }
    }

    private async Task AskAsync(DiscoveryService service, CancellationToken cancellationToken)
    {
        if (await service.ResolveAsync(Id, Add, cancellationToken) is not { } reason)
            return;
        lock (_gate)
            _failures.Add($"{service.Name}: {reason.TrimEnd('.')}");
    }

    private void Add(Candidate candidate)
    {
        // Services answer on threads of their own; the lock makes one list of it.
        lock (_gate)
        {
            if (_addresses.Add(candidate.Address))
                _found.Set([.. _found.Value, candidate]);
        }
    }
}
