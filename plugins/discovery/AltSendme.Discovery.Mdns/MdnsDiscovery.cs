using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.Discovery.Mdns.Links;
using AltSendme.Discovery.Mdns.Records;
using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Mdns;

/// <summary>Finds endpoints in the local network, and lets them find this one. Nothing is sent or listened to before the first call that needs it.</summary>
internal sealed class MdnsDiscovery(EndpointId self, MdnsOptions options, Func<IMulticastLink> openLink, TimeProvider timeProvider, ILogger logger) : IDiscovery
{
    /// <summary>How long a lookup goes on after the first word: other links may lead to the same endpoint.</summary>
    public static readonly TimeSpan SettlingTime = TimeSpan.FromMilliseconds(500);

    private static readonly CandidateSource Source = new("mdns");

    private readonly Lock _gate = new();   // guards the two below
    private MdnsNode? _node;
    private bool _disposed;

    public ValueTask PublishAsync(IReadOnlyList<EndpointAddress> addresses, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        if (!options.Announce || (addresses.Count == 0 && _node is null))
            return ValueTask.CompletedTask;
        var node = Node();
        node.Announce(addresses);
        return node.HasLinks || addresses.Count == 0 ? ValueTask.CompletedTask : throw Unavailable();
    }

    public async IAsyncEnumerable<Candidate> ResolveAsync(EndpointId id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var node = Node();
        if (!node.HasLinks)
            throw Unavailable();

        // Ended by the caller, or when nothing more is expected.
        using var over = new CancellationTokenSource(options.LookupTime, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        using var watch = node.Watch(id);
        var asking = AskAsync(node, either.Token);
        var given = new HashSet<EndpointAddress>();
        try
        {
            while (await NextAsync(watch, either.Token) is { } found)
            {
                if (given.Count == 0)
                    over.CancelAfter(SettlingTime);
                foreach (var address in found.Sighting.Addresses)
                {
                    if (given.Add(address))
                        yield return new Candidate(address, Source) { Age = found.Age, TimeToLive = found.Sighting.TimeToLive - found.Age };
                }
            }
        }
        finally
        {
            await over.CancelAsync();
            await asking;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            return _node?.DisposeAsync() ?? ValueTask.CompletedTask;
        }
    }

    private static async Task<(Sighting Sighting, TimeSpan Age)?> NextAsync(SightingWatch watch, CancellationToken cancellationToken)
    {
        try
        {
            return await watch.Sightings.ReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Asks after a short delay of chance, then after a second, then after twice as long each time (RFC 6762, section 5.2).</summary>
    private async Task AskAsync(MdnsNode node, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(MdnsNode.ShortestDelay, MdnsNode.LongestDelay));
        var next = MdnsNode.ShortestInterval;
        try
        {
            while (true)
            {
                await Task.Delay(pause, timeProvider, cancellationToken);
                node.Ask();
                pause = next;
                next *= 2;
            }
        }
        catch (OperationCanceledException)
        {
            // The lookup is over.
        }
    }

    private MdnsNode Node()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _node ??= new MdnsNode(self, options.Service, openLink(), timeProvider, logger);
        }
    }

    private DiscoveryException Unavailable() =>
        new DiscoveryException("mdns.unavailable", options.Interfaces.Count == 0
            ? "The local network can't be asked: no interface of this machine is up and knows multicast."
            : $"The local network can't be asked: none of the interfaces {string.Join(", ", options.Interfaces)} can be used. Look at Plugins:altsendme.mdns:Interfaces in the settings.");
}
