using System.Text.Json;
using AltSendme.Service.Client.Contract;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests;

/// <summary>The command with the service that it starts.</summary>
public sealed class BackgroundTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private string Sender => Directory.CreateDirectory(Path.Combine(_folder.Path, "a")).FullName;

    private string Receiver => Directory.CreateDirectory(Path.Combine(_folder.Path, "b")).FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Send_in_the_background_returns_with_a_ticket_that_the_other_side_can_receive_in_the_background()
    {
        _folder.Write("a/report.txt", "the content");

        var sent = await ProgramRun.RunAsync(Sender, "send", "--background", "report.txt");
        Assert.Equal(0, sent.ExitCode);
        var ordered = await ProgramRun.RunAsync(Receiver, "receive", "--background", "--yes", sent.Output, "-o", "in");
        Assert.True(ordered.ExitCode == 0, ordered.Error);

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var service = new ServiceProcess(Receiver);
        var receive = Assert.Single(await service.Client.ReceivesAsync(limit.Token));
        await service.UntilAsync(receive.Id, static view => view.State == ReceiveState.Completed, limit.Token);
        Assert.Equal("the content", await File.ReadAllTextAsync(Path.Combine(Receiver, "in", "report.txt"), limit.Token));
        var list = await ProgramRun.RunAsync(Receiver, "receives", "list", "--json");
        Assert.Equal("completed", JsonDocument.Parse(list.Output).RootElement[0].GetProperty("state").GetString());
        Assert.Equal(0, (await ProgramRun.RunAsync(Receiver, "receives", "discard", receive.Id)).ExitCode);
        Assert.Equal(2, (await ProgramRun.RunAsync(Receiver, "receives", "resume", receive.Id)).ExitCode);
    }

    [Fact]
    public async Task Two_that_start_the_service_at_once_find_the_same_one()
    {
        _folder.Write("a/one.txt", "one");
        _folder.Write("a/two.txt", "two");

        var runs = await Task.WhenAll(ProgramRun.RunAsync(Sender, "send", "--background", "--json", "one.txt"), ProgramRun.RunAsync(Sender, "send", "--background", "--json", "two.txt"));

        Assert.All(runs, static run => Assert.True(run.ExitCode == 0, run.Error));
        var ids = runs.Select(static run => JsonDocument.Parse(run.Output).RootElement.GetProperty("share").GetString()).Order();
        var list = await ProgramRun.RunAsync(Sender, "shares", "list", "--json");
        Assert.Equal(ids, JsonDocument.Parse(list.Output).RootElement.EnumerateArray().Select(static share => share.GetProperty("id").GetString()).Order());
    }

    [Fact]
    public async Task A_share_goes_on_when_the_service_was_stopped_and_is_started_again()
    {
        _folder.Write("a/report.txt", "the content");
        var sent = await ProgramRun.RunAsync(Sender, "send", "--background", "--json", "report.txt");
        var id = JsonDocument.Parse(sent.Output).RootElement.GetProperty("share").GetString()!;

        Assert.Equal(0, (await ProgramRun.RunAsync(Sender, "service", "stop")).ExitCode);
        var shown = await ProgramRun.RunAsync(Sender, "shares", "show", id, "--json");

        Assert.Equal(JsonDocument.Parse(sent.Output).RootElement.GetProperty("ticket").GetString(), JsonDocument.Parse(shown.Output).RootElement.GetProperty("ticket").GetString());
        Assert.Equal(0, (await ProgramRun.RunAsync(Sender, "shares", "stop", id)).ExitCode);
        Assert.Equal("[]", (await ProgramRun.RunAsync(Sender, "shares", "list", "--json")).Output);
    }

    [Fact]
    public async Task A_text_is_shared_without_a_file_of_ones_own()
    {
        var sent = await ProgramRun.RunAsync(Sender, "send", "--background", "--text", "hello there");
        Assert.True(sent.ExitCode == 0, sent.Error);

        var received = await ProgramRun.RunAsync(Receiver, "receive", "--yes", sent.Output, "-o", "in");

        Assert.True(received.ExitCode == 0, received.Error);
        Assert.Equal("hello there", await File.ReadAllTextAsync(Path.Combine(Receiver, "in", "text.txt")));
        Assert.Equal(2, (await ProgramRun.RunAsync(Sender, "send", "--text", "a", "b")).ExitCode);
        Assert.Equal(2, (await ProgramRun.RunAsync(Sender, "send")).ExitCode);
    }

    [Fact]
    public async Task Without_a_service_status_says_so()
    {
        var (exitCode, _, error) = await ProgramRun.RunAsync(Sender, "service", "status");

        Assert.Equal(8, exitCode);
        Assert.Contains("not running", error, StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        // Both services were started by the command, and outlive it.
        await ProgramRun.RunAsync(Sender, "service", "stop");
        await ProgramRun.RunAsync(Receiver, "service", "stop");
        _folder.Dispose();
    }
}
