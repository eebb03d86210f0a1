using AltSendme.Abstractions;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Tests;

public sealed class ShareTests
{
    private static readonly byte[] Content = new byte[100_000];

    static ShareTests() => new Random(7).NextBytes(Content);

    [Fact]
    public async Task A_share_is_received_by_another_service_and_then_over()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);

        var share = await sender.ShareAsync("report.pdf", Content);
        var receive = await receiver.UntilAsync((await receiver.OrderAsync(share.Ticket!)).Id, static view => view.State is ReceiveState.Completed or ReceiveState.Failed);

        Assert.Null(receive.Error);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Assert.Single(receive.Paths)));
        var ended = await sender.UntilShareAsync(share.Id, static view => view.State == ShareState.Ended);
        Assert.Equal(1, ended.Deliveries);
        Assert.Null(ended.Ticket);
    }

    [Fact]
    public async Task A_share_has_the_same_ticket_after_a_restart_and_still_works()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var before = await sender.ShareAsync("report.pdf", Content);

        await sender.RestartAsync();
        var after = await sender.UntilShareAsync(before.Id, static view => view.State == ShareState.Sharing);

        Assert.Equal(before.Ticket, after.Ticket);
        var receive = await receiver.UntilAsync((await receiver.OrderAsync(before.Ticket!)).Id, static view => view.State is ReceiveState.Completed or ReceiveState.Failed);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Assert.Single(receive.Paths)));
    }

    [Fact]
    public async Task A_file_that_changed_while_the_service_was_away_is_reported_and_not_served()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var share = await sender.ShareAsync("report.pdf", Content);
        await sender.StopAsync();
        sender.Folder.Write("report.pdf", "something else");

        await sender.StartAsync();
        var changed = await sender.UntilShareAsync(share.Id, static view => view.State != ShareState.Preparing);

        Assert.Equal(ShareState.Changed, changed.State);
        Assert.Equal("source.changed", changed.Error!.Code);
        var receive = await receiver.UntilAsync((await receiver.OrderAsync(share.Ticket!)).Id, static view => view.State != ReceiveState.Running);
        Assert.Equal(ReceiveState.Failed, receive.State);
        Assert.True(receive.CanResume);
    }

    [Fact]
    public async Task A_text_is_received_as_a_file_and_nothing_of_it_stays_with_the_sender()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);

        var share = await sender.Client.CreateShareAsync(new ShareOrder { Text = "grüße", Name = "hello.txt" }, sender.Token);
        var receive = await receiver.UntilAsync((await receiver.OrderAsync(share.Ticket!)).Id, static view => view.State is ReceiveState.Completed or ReceiveState.Failed);
        await sender.UntilShareAsync(share.Id, static view => view.State == ShareState.Ended);

        Assert.Equal("grüße", await File.ReadAllTextAsync(Assert.Single(receive.Paths)));
        Assert.Equal("hello.txt", Path.GetFileName(receive.Paths[0]));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(sender.Place.Folder, "shares")));
    }

    [Fact]
    public async Task A_broadcast_goes_on_until_it_is_stopped_and_is_then_forgotten()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await using var receiver = await ServiceHarness.StartAsync(sender.Network);
        var share = await sender.ShareAsync("report.pdf", Content, broadcast: true);
        await receiver.UntilAsync((await receiver.OrderAsync(share.Ticket!)).Id, static view => view.State == ReceiveState.Completed);

        await sender.RestartAsync();
        var revived = await sender.UntilShareAsync(share.Id, static view => view.State == ShareState.Sharing);
        await sender.Client.StopShareAsync(share.Id, sender.Token);

        Assert.Equal(1, revived.Deliveries);
        Assert.Empty(await sender.Client.SharesAsync(sender.Token));
        await sender.RestartAsync();
        Assert.Empty(await sender.Client.SharesAsync(sender.Token));
    }

    [Fact]
    public async Task A_share_whose_time_is_over_ends_by_itself()
    {
        await using var sender = await ServiceHarness.StartAsync();

        var share = await sender.Client.CreateShareAsync(new ShareOrder { Text = "soon gone", Expires = DateTimeOffset.UtcNow.AddSeconds(1.5) }, sender.Token);

        var ended = await sender.UntilShareAsync(share.Id, static view => view.State == ShareState.Ended);
        Assert.Equal(0, ended.Deliveries);
    }

    [Fact]
    public async Task What_can_not_be_shared_is_refused_with_the_reason_and_leaves_nothing()
    {
        await using var sender = await ServiceHarness.StartAsync();

        var exception = await Assert.ThrowsAsync<StorageException>(() => sender.Client.CreateShareAsync(new ShareOrder { Paths = [Path.Combine(sender.Folder.Path, "nowhere")] }, sender.Token));

        Assert.Equal("source.missing", exception.Code);
        Assert.Empty(await sender.Client.SharesAsync(sender.Token));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(sender.Place.Folder, "shares")));
    }

    [Fact]
    public async Task Without_waiting_the_ticket_comes_as_an_event()
    {
        await using var sender = await ServiceHarness.StartAsync();

        var share = await sender.Client.CreateShareAsync(new ShareOrder { Paths = [sender.Folder.Write("a", Content)], Wait = false }, sender.Token);

        Assert.Equal(ShareState.Preparing, share.State);
        Assert.NotNull((await sender.UntilShareAsync(share.Id, static view => view.State == ShareState.Sharing)).Ticket);
    }

    [Fact]
    public async Task The_key_and_the_ticket_are_readable_by_the_user_alone()
    {
        await using var sender = await ServiceHarness.StartAsync();
        await sender.ShareAsync("report.pdf", Content);
        if (OperatingSystem.IsWindows())
            return;

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.All(Directory.EnumerateFileSystemEntries(sender.Place.Folder, "*", SearchOption.AllDirectories).Where(static path => !path.EndsWith("address", StringComparison.Ordinal) && !path.EndsWith("lock", StringComparison.Ordinal)),
            static path => Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Others) == 0, path));
    }
}
