using AltSendme.Service.Client.Contract;
using AltSendme.Service.Events;

namespace AltSendme.Service.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task A_watcher_that_comes_back_hears_what_it_missed_and_nothing_twice()
    {
        await using var service = await ServiceHarness.StartAsync();
        var first = await service.Client.CreateShareAsync(new ShareOrder { Text = "one" }, service.Token);
        string? position = null;
        await foreach (var value in service.Client.EventsAsync(cancellationToken: service.Token))
        {
            Assert.Equal(ServiceEventType.Reset, value.Type);
            position = value.Position;
            break;
        }

        var second = await service.Client.CreateShareAsync(new ShareOrder { Text = "two" }, service.Token);
        var subjects = new HashSet<string?>();
        await foreach (var value in service.Client.EventsAsync(after: position, cancellationToken: service.Token))
        {
            Assert.Equal(ServiceEventType.Share, value.Type);
            subjects.Add(value.Subject);
            if (value.Share!.Ticket is not null)
                break;
        }

        Assert.Equal([second.Id], subjects);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00000000-5")]
    [InlineData("-")]
    public async Task A_position_of_another_run_gives_a_reset(string position)
    {
        await using var service = await ServiceHarness.StartAsync();

        await foreach (var value in service.Client.EventsAsync(after: position, cancellationToken: service.Token))
        {
            Assert.Equal(ServiceEventType.Reset, value.Type);
            return;
        }
    }

    [Fact]
    public async Task A_watcher_that_falls_behind_is_told_and_goes_on_from_there()
    {
        var ring = new EventRing();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var watcher = ring.WatchAsync(null, null, limit.Token).GetAsyncEnumerator(limit.Token);
        Assert.True(await watcher.MoveNextAsync());

        for (var i = 0; i < 10_000; i++)
            ring.Publish(new ServiceEvent(ServiceEventType.ShareRemoved, $"{i}"));
        Assert.True(await watcher.MoveNextAsync());
        Assert.Equal(ServiceEventType.Reset, watcher.Current.Type);
        ring.Publish(new ServiceEvent(ServiceEventType.ShareRemoved, "last"));
        Assert.True(await watcher.MoveNextAsync());

        Assert.Equal("last", watcher.Current.Subject);
    }

    [Fact]
    public async Task Watchers_are_let_go_when_the_service_ends()
    {
        await using var service = await ServiceHarness.StartAsync();
        var watching = Task.Run(async () =>
        {
            await foreach (var _ in service.Client.EventsAsync(cancellationToken: service.Token))
            {
            }
        });
        await service.Client.StatusAsync(service.Token);

        await service.StopAsync();

        await Record.ExceptionAsync(() => watching.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.True(watching.IsCompleted);
    }
}
