using System.Text.RegularExpressions;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests.Desktop;

/// <summary>The installed programs on a session bus, as a file manager meets them.</summary>
public sealed partial class SessionBusTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private string Home => Directory.CreateDirectory(Path.Combine(_folder.Path, "a")).FullName;

    private string Copied => Path.Combine(Home, "clipboard");

    public Task InitializeAsync() => Task.CompletedTask;

    [DesktopFact("dbus libglib2.0-bin", "dbus-daemon", "gdbus")]
    public async Task A_call_starts_the_service_and_its_ticket_is_on_the_clipboard_and_works()
    {
        _folder.Write("a/it's a report.txt", "the content");
        await using var session = await Session.StartAsync(Home, ("PATH", PathWithClipboard()), ("DISPLAY", ":none"));

        var (exitCode, output) = await session.CallAsync("Send", $"[\"{new Uri(Path.Combine(Home, "it's a report.txt")).AbsoluteUri}\"]", "@a{sv} {}");

        Assert.True(exitCode == 0, output);
        var ticket = Ticket().Match(output).Value;
        Assert.Equal(ticket, await File.ReadAllTextAsync(Copied));
        var received = await ProgramRun.RunAsync(Directory.CreateDirectory(Path.Combine(_folder.Path, "b")).FullName, "receive", "--yes", ticket, "-o", "in");
        Assert.True(received.ExitCode == 0, received.Error);
        Assert.Equal("the content", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "b", "in", "it's a report.txt")));
    }

    [DesktopFact("dbus libglib2.0-bin", "dbus-daemon", "gdbus")]
    public async Task A_service_that_the_command_started_is_on_the_bus_too_and_one_that_has_ended_is_started_again()
    {
        _folder.Write("a/report.txt", "the content");
        await using var session = await Session.StartAsync(Home, ("PATH", PathWithClipboard()), ("DISPLAY", ":none"));

        var (exitCode, sent) = await session.AltSendmeAsync("send", "--background", "--copy", "--notify", "--broadcast", "report.txt");
        Assert.True(exitCode == 0, sent);
        var before = await session.CallAsync("ListShares");
        await session.AltSendmeAsync("service", "stop");
        var after = await session.CallAsync("ListShares");

        var ticket = Ticket().Match(sent).Value;
        Assert.Equal(ticket, await File.ReadAllTextAsync(Copied));
        Assert.Contains("The ticket is on the clipboard.", sent, StringComparison.Ordinal);
        Assert.Contains(ticket, before.Output, StringComparison.Ordinal);
        Assert.Contains(ticket, after.Output, StringComparison.Ordinal);
    }

    [DesktopFact("dbus libglib2.0-bin", "dbus-daemon", "gdbus")]
    public async Task Where_there_is_no_clipboard_the_command_says_so_and_prints_the_ticket()
    {
        _folder.Write("a/report.txt", "the content");
        await using var session = await Session.StartAsync(Home);

        var (exitCode, sent) = await session.AltSendmeAsync("send", "--background", "--copy", "report.txt");

        Assert.True(exitCode == 0, sent);
        Assert.Matches(Ticket(), sent);
        Assert.Contains("The ticket is not on the clipboard", sent, StringComparison.Ordinal);
    }

    [DesktopFact("dbus libglib2.0-bin", "dbus-daemon", "gdbus")]
    public async Task A_clipboard_tool_that_hangs_keeps_nobody_for_long_and_is_ended()
    {
        _folder.Write("a/report.txt", "the content");
        var tools = Path.Combine(Home, "tools");
        Tool("xclip", "echo $$ > \"$HOME/hanging\"; exec sleep 300");
        await using var session = await Session.StartAsync(Home, ("PATH", $"{tools}:{Environment.GetEnvironmentVariable("PATH")}"), ("DISPLAY", ":none"));

        var (exitCode, output) = await session.CallAsync("Send", $"['{new Uri(Path.Combine(Home, "report.txt")).AbsoluteUri}']", "@a{sv} {}");

        Assert.True(exitCode == 0, output);
        Assert.False(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(Path.Combine(Home, "hanging"))).Trim()}"));
    }

    [DesktopFact("dbus libglib2.0-bin", "dbus-daemon", "gdbus")]
    public async Task When_the_session_ends_the_service_and_its_shares_go_on()
    {
        _folder.Write("a/report.txt", "the content");
        await using var session = await Session.StartAsync(Home);
        var (exitCode, sent) = await session.AltSendmeAsync("send", "--background", "report.txt");
        Assert.True(exitCode == 0, sent);
        await session.CallAsync("ListShares");

        await session.KillBusAsync();

        var (_, list) = await session.AltSendmeAsync("shares", "list", "--json");
        Assert.Contains("\"state\":\"sharing\"", list.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [DesktopFact("dbus libglib2.0-bin", "dbus-daemon", "gdbus")]
    public async Task Where_a_service_runs_that_is_kept_off_the_bus_a_caller_is_told_so_and_not_kept_waiting()
    {
        _folder.Write("a/report.txt", "the content");
        await using var session = await Session.StartAsync(Home, ("ALTSENDME_Service__SessionBus", "false"));
        var (exitCode, sent) = await session.AltSendmeAsync("send", "--background", "report.txt");
        Assert.True(exitCode == 0, sent);

        var (failed, output) = await session.CallAsync("ListShares");

        Assert.NotEqual(0, failed);
        Assert.Contains("Spawn", output, StringComparison.Ordinal);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [GeneratedRegex("blob[a-z2-7]{50,}")]
    private static partial Regex Ticket();

    private string PathWithClipboard()
    {
        Tool("xclip", "cat > \"$HOME/clipboard\"");
        return $"{Path.Combine(Home, "tools")}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    private void Tool(string name, string script)
    {
        var path = _folder.Write($"a/tools/{name}", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
