using AltSendme.Abstractions;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.TestKit;

namespace AltSendme.Service.Tests;

public sealed class ReceiveTests
{
    private static readonly byte[] Content = new byte[3 << 20];

    static ReceiveTests() => new Random(11).NextBytes(Content);

    [Fact]
    public async Task A_preview_shows_what_there_is_and_leaves_a_one_time_share_open()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var share = await sender.ShareAsync("report.pdf", Content);

        var preview = await receiver.Client.PreviewAsync(new PreviewOrder { Tickets = [share.Ticket!], Destination = receiver.Downloads }, receiver.Token);

        Assert.Equal(new FileView("report.pdf", Content.Length), Assert.Single(preview.Names));
        Assert.Equal(share.Hash, preview.Hash);
        Assert.True(preview.OneTime);
        Assert.Equal("report.pdf", preview.Stated?.Name);
        Assert.True(preview.FreeBytes > 0);
        Assert.False(Directory.Exists(receiver.Downloads));
        Assert.Equal(ShareState.Sharing, (await sender.Client.ShareAsync(share.Id, sender.Token)).State);
    }

    [Fact]
    public async Task A_cancelled_receive_is_offered_after_a_restart_and_resumed_without_fetching_anything_twice()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var share = await sender.ShareAsync("report.pdf", Content);
        var half = Silence(sender.Network, Content.Length / 2);
        var order = await receiver.OrderAsync(share.Ticket!);
        await half;
        Assert.Equal(ReceiveState.Cancelled, (await receiver.Client.CancelReceiveAsync(order.Id, receiver.Token)).State);
        sender.Network.Tamper = null;
        sender.Network.Speak();
        var served = sender.Network.BytesServed;

        await receiver.RestartAsync();
        var offered = Assert.Single(await receiver.Client.ReceivesAsync(receiver.Token));
        Assert.True(offered.CanResume);
        Assert.Equal(ReceiveState.Cancelled, offered.State);
        await receiver.Client.ResumeReceiveAsync(offered.Id, receiver.Token);
        var completed = await receiver.UntilAsync(offered.Id, static view => view.State is ReceiveState.Completed or ReceiveState.Failed);

        Assert.Null(completed.Error);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Assert.Single(completed.Paths)));
        Assert.True(sender.Network.BytesServed - served < Content.Length, "everything was fetched again");
    }

    [Fact]
    public async Task A_receive_that_ran_when_the_service_ended_goes_on_by_itself()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var share = await sender.ShareAsync("report.pdf", Content);
        var half = Silence(sender.Network, Content.Length / 2);
        var order = await receiver.OrderAsync(share.Ticket!);
        await half;
        await receiver.StopAsync();
        sender.Network.Tamper = null;
        sender.Network.Speak();

        await receiver.StartAsync();
        var completed = await receiver.UntilAsync(order.Id, static view => view.State is ReceiveState.Completed or ReceiveState.Failed);

        Assert.Null(completed.Error);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Assert.Single(completed.Paths)));
    }

    [Fact]
    public async Task A_receive_waits_for_an_absent_sender_when_it_is_asked_to()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var share = await sender.ShareAsync("report.pdf", Content);
        await sender.StopAsync();

        var order = await receiver.OrderAsync(share.Ticket!, DateTimeOffset.UtcNow.AddHours(1));
        var waiting = await receiver.UntilAsync(order.Id, static view => view.State != ReceiveState.Running);
        Assert.Equal(ReceiveState.Waiting, waiting.State);
        Assert.NotNull(waiting.NextTry);
        await sender.StartAsync();
        await sender.UntilShareAsync(share.Id, static view => view.State == ShareState.Sharing);
        await receiver.Client.ResumeReceiveAsync(order.Id, receiver.Token);

        var completed = await receiver.UntilAsync(order.Id, static view => view.State is ReceiveState.Completed or ReceiveState.Failed);
        Assert.Null(completed.Error);
    }

    [Fact]
    public async Task Without_being_asked_to_wait_it_fails_and_can_be_resumed()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var share = await sender.ShareAsync("report.pdf", Content);
        sender.Network.IsDown = true;

        var order = await receiver.OrderAsync(share.Ticket!);
        var failed = await receiver.UntilAsync(order.Id, static view => view.State != ReceiveState.Running);

        Assert.Equal(ReceiveState.Failed, failed.State);
        Assert.Equal(ErrorKind.Peer, failed.Error!.Kind);
        sender.Network.IsDown = false;
        Assert.Equal(order.Id, (await receiver.OrderAsync(share.Ticket!)).Id);
        Assert.Null((await receiver.UntilAsync(order.Id, static view => view.State is ReceiveState.Completed or ReceiveState.Failed)).Error);
    }

    [Fact]
    public async Task Discarding_removes_what_is_unfinished_and_the_record()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var share = await sender.ShareAsync("report.pdf", Content);
        var half = Silence(sender.Network, Content.Length / 2);
        var order = await receiver.OrderAsync(share.Ticket!);
        await half;

        await receiver.Client.DiscardReceiveAsync(order.Id, receiver.Token);
        sender.Network.Tamper = null;
        sender.Network.Speak();

        Assert.Empty(Directory.EnumerateFileSystemEntries(receiver.Downloads));
        Assert.Empty(await receiver.Client.ReceivesAsync(receiver.Token));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(receiver.Place.Folder, "receives")));
    }

    [Fact]
    public async Task Discarding_a_completed_receive_leaves_the_files()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var share = await sender.ShareAsync("report.pdf", Content);
        var completed = await receiver.UntilAsync((await receiver.OrderAsync(share.Ticket!)).Id, static view => view.State == ReceiveState.Completed);

        await receiver.Client.DiscardReceiveAsync(completed.Id, receiver.Token);

        Assert.True(File.Exists(completed.Paths[0]));
        var exception = await Assert.ThrowsAsync<ServiceException>(() => receiver.Client.ReceiveAsync(completed.Id, receiver.Token));
        Assert.Equal(ServiceCodes.NotFound, exception.Code);
    }

    [Fact]
    public async Task The_same_order_twice_is_one_receive()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var share = await sender.ShareAsync("report.pdf", Content);
        sender.Network.FallSilent();

        var orders = await Task.WhenAll(receiver.OrderAsync(share.Ticket!), receiver.OrderAsync(share.Ticket!));
        sender.Network.Speak();

        Assert.Equal(orders[0].Id, orders[1].Id);
        Assert.Single(await receiver.Client.ReceivesAsync(receiver.Token));
    }

    [Fact]
    public async Task Records_are_forgotten_when_their_time_is_over()
    {
        var clock = new VirtualTime();
        await using var receiver = new ServiceHarness(clock: clock);
        receiver.Folder.Write("user.json", """{ "Service": { "KeepUnfinished": "01:30:00" } }""");
        await receiver.StartAsync();
        await using var sender = await ServiceHarness.StartAsync();
        var share = await sender.ShareAsync("report.pdf", Content);
        var failed = await receiver.UntilAsync((await receiver.OrderAsync(share.Ticket!)).Id, static view => view.State == ReceiveState.Failed);
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromMinutes(90), failed.KeptUntil);

        clock.Advance(TimeSpan.FromHours(2));
        await receiver.RestartAsync();

        Assert.Empty(await receiver.Client.ReceivesAsync(receiver.Token));
    }

    [Fact]
    public async Task A_ticket_that_is_none_is_refused_with_the_reason()
    {
        await using var receiver = await ServiceHarness.StartAsync();

        var exception = await Assert.ThrowsAsync<TicketException>(() => receiver.OrderAsync("blobnonsense!"));

        Assert.StartsWith("ticket.", exception.Code, StringComparison.Ordinal);
    }

    /// <summary>Lets so many bytes pass and then none; the task ends when that has happened.</summary>
    private static Task Silence(MemoryNetwork network, long after)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        network.Tamper = bytes =>
        {
            if (network.BytesServed >= after && reached.TrySetResult())
                network.FallSilent();
            return bytes;
        };
        return reached.Task;
    }
}
