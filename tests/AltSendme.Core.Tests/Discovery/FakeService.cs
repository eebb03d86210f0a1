using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.Core.Plugins;

namespace AltSendme.Core.Tests.Discovery;

/// <summary>A discovery service inside the process: knows what it was told, and misbehaves on request.</summary>
internal sealed class FakeService(string name)
{
    private readonly ConcurrentDictionary<EndpointId, IReadOnlyList<EndpointAddress>> _directory = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    /// <summary>Whether only neighbours hear of it.</summary>
    public bool IsLocalNetwork { get; init; }

    /// <summary>How long its answers hold.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>What it does instead of answering.</summary>
    public Func<EndpointId, CancellationToken, IAsyncEnumerable<Candidate>>? Answer { get; init; }

    /// <summary>What happens before it takes an announcement.</summary>
    public Func<Task>? BeforePublish { get; init; }

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Every announcement, in order.</summary>
    public ConcurrentQueue<IReadOnlyList<EndpointAddress>> Announcements { get; } = new();

    /// <summary>Completes when a session has ended it.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether it knows anybody.</summary>
    public bool IsEmpty => _directory.IsEmpty;

    /// <summary>The plugin.</summary>
    public LoadedPlugin Plugin => new(
        new PluginManifest
        {
            Id = $"test.{name}",
            Kind = PluginKind.Discovery,
            Schemes = ["memory", EndpointAddress.IpScheme, EndpointAddress.RelayScheme],
            IsLocalNetwork = IsLocalNetwork,
            Version = "1",
            ContractVersion = ContractVersion.Current,
            Assembly = "none.dll",
            Type = "none",
        },
        new PluginOffer { Discovery = context => new Client(this, context.Identity.Id) });

    private sealed class Client(FakeService service, EndpointId self) : IDiscovery
    {
        public async ValueTask PublishAsync(IReadOnlyList<EndpointAddress> addresses, CancellationToken cancellationToken = default)
        {
            if (service.BeforePublish is { } before)
                await before();
            service.Announcements.Enqueue(addresses);
            if (addresses.Count > 0)
                service._directory[self] = addresses;
            else
                service._directory.TryRemove(self, out _);
        }

        public IAsyncEnumerable<Candidate> ResolveAsync(EndpointId id, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref service._asked);
            return service.Answer?.Invoke(id, cancellationToken) ?? KnownAsync(id, cancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            service._directory.TryRemove(self, out _);
            service._ended.TrySetResult();
            return ValueTask.CompletedTask;
        }

        private async IAsyncEnumerable<Candidate> KnownAsync(EndpointId id, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask.WaitAsync(cancellationToken);
            foreach (var address in service._directory.GetValueOrDefault(id, []))
                yield return new Candidate(address, new CandidateSource("itself")) { TimeToLive = service.TimeToLive };
        }
    }
}
