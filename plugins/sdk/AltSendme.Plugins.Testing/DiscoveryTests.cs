using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>What the contract asks of every discovery service. An author derives a class, says how to start the service, and the runner finds the tests.</summary>
public abstract class DiscoveryTests
{
    /// <summary>How long a test may take, in milliseconds.</summary>
    protected const int Limit = 60_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>What is published in a test; override it for a service that carries other addresses.</summary>
    protected virtual EndpointAddress Published => EndpointAddress.FromRelay(new Uri("https://relay.example/"));

    /// <summary>What is published instead later.</summary>
    protected virtual EndpointAddress PublishedLater => EndpointAddress.FromRelay(new Uri("https://other.example/"));

    /// <summary>Starts a service for one test, on this machine.</summary>
    protected abstract Task<DiscoveryUnderTest> StartAsync();

    [Fact(Timeout = Limit)]
    public async Task What_one_publishes_another_finds()
    {
        await using var service = await StartAsync();
        await using var alice = service.Open(1);
        await using var bob = service.Open(2);

        await alice.PublishAsync([Published]);

        Assert.NotEqual(default, (await FindAsync(bob, Published)).Source);
    }

    [Fact(Timeout = Limit)]
    public async Task What_is_published_later_takes_the_place_of_what_was()
    {
        await using var service = await StartAsync();
        await using var alice = service.Open(1);
        await using var bob = service.Open(2);
        await alice.PublishAsync([Published]);
        await FindAsync(bob, Published);

        await alice.PublishAsync([PublishedLater]);

        await FindAsync(bob, PublishedLater);
    }

    [Fact(Timeout = Limit)]
    public async Task A_search_can_be_given_up()
    {
        await using var service = await StartAsync();
        await using var bob = service.Open(2);
        using var stop = new CancellationTokenSource();
        var searching = DrainAsync(bob, stop.Token);

        await stop.CancelAsync();

        // Either it had ended by then, or it ends by the cancellation.
        try
        {
            Assert.Empty(await searching);
        }
        catch (OperationCanceledException)
        {
            Assert.True(stop.IsCancellationRequested);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task It_may_be_disposed_without_having_done_anything_and_twice()
    {
        await using var service = await StartAsync();
        var alice = service.Open(1);

        await alice.DisposeAsync();
        await alice.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Nothing_published_is_nothing_to_find_and_no_error()
    {
        await using var service = await StartAsync();
        await using var alice = service.Open(1);

        await alice.PublishAsync([]);
    }

    // A service takes its time, and may answer out of a memory of its own.
    private static async Task<Candidate> FindAsync(IDiscovery discovery, EndpointAddress wanted)
    {
        while (true)
        {
            await foreach (var candidate in discovery.ResolveAsync(new TestIdentity(1).Id))
            {
                if (candidate.Address == wanted)
                    return candidate;
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private static async Task<List<Candidate>> DrainAsync(IDiscovery discovery, CancellationToken cancellationToken)
    {
        var found = new List<Candidate>();
        await foreach (var candidate in discovery.ResolveAsync(new TestIdentity(98).Id, cancellationToken))
            found.Add(candidate);
        return found;
    }
}
