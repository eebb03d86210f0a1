using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AltSendme.Service.Client.Contract;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests;

/// <summary>The commands that open windows, with a browser that only writes down how it was started.</summary>
public sealed partial class DialogTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private string Home => Directory.CreateDirectory(Path.Combine(_folder.Path, "home")).FullName;

    private string Seen => Path.Combine(_folder.Path, "seen");

    public Task InitializeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("chromium", "--app=")]
    [InlineData("xdg-open", "")]
    public async Task A_window_is_opened_by_the_browser_that_is_there_and_no_secret_stands_in_its_arguments(string browser, string before)
    {
        if (OperatingSystem.IsWindows())
            return;
        Install(browser);

        var (exitCode, _, error) = await RunAsync("receive", "--dialog", "altsendme:blobabc");

        Assert.True(exitCode == 0, error);
        var arguments = await SeenAsync();
        var door = new Uri(arguments[0][before.Length..]);
        Assert.True(door.IsFile);
        Assert.DoesNotContain("blobabc", string.Join(' ', arguments), StringComparison.Ordinal);
        var (origin, secret) = Door(door.LocalPath);
        Assert.DoesNotContain(secret, string.Join(' ', arguments), StringComparison.Ordinal);
        Assert.Equal("blobabc", (await EnterAsync(origin, secret)).GetProperty("ticket").GetString());
    }

    [Fact]
    public async Task A_path_is_shared_and_its_share_shown()
    {
        if (OperatingSystem.IsWindows())
            return;
        Install("chromium");
        _folder.Write("home/a b.txt", "content");

        var (exitCode, _, error) = await RunAsync("share", "--dialog", "a b.txt");

        Assert.True(exitCode == 0, error);
        var (origin, secret) = Door(new Uri((await SeenAsync())[0]["--app=".Length..]).LocalPath);
        var window = await EnterAsync(origin, secret);
        var shown = await RunAsync("shares", "list", "--json");
        var share = JsonDocument.Parse(shown.Output).RootElement[0].GetProperty("id").GetString();
        Assert.Equal(share, window.GetProperty("share").GetString());

        // The same share again, by its id.
        File.Delete(Seen);
        Assert.Equal(0, (await RunAsync("share", "--dialog", share!)).ExitCode);
        (origin, secret) = Door(new Uri((await SeenAsync())[0]["--app=".Length..]).LocalPath);
        Assert.Equal(share, (await EnterAsync(origin, secret)).GetProperty("share").GetString());
    }

    [Fact]
    public async Task A_ticket_file_that_can_not_be_read_is_explained_in_the_window()
    {
        if (OperatingSystem.IsWindows())
            return;
        Install("chromium");

        var (exitCode, _, error) = await RunAsync("receive", "--dialog", "/nowhere/gift.altsendme");

        Assert.True(exitCode == 0, error);
        var (origin, secret) = Door(new Uri((await SeenAsync())[0]["--app=".Length..]).LocalPath);
        Assert.Contains("gift.altsendme", (await EnterAsync(origin, secret)).GetProperty("notice").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_of_what_was_received_is_shown_by_the_file_manager()
    {
        if (OperatingSystem.IsWindows())
            return;
        Install("chromium");
        Install("xdg-open");
        _folder.Write("home/a.txt", "content");
        var destination = Path.Combine(Home, "received here");
        var sent = await RunAsync("send", "--background", "a.txt");
        Assert.True(sent.ExitCode == 0, sent.Error);
        Assert.Equal(0, (await RunAsync("receive", "--dialog", sent.Output)).ExitCode);
        var (origin, secret) = Door(new Uri((await SeenAsync())[0]["--app=".Length..]).LocalPath);
        using var http = Browser(origin);
        var window = await EnterAsync(http, secret);
        File.Delete(Seen);

        using var ordered = await http.PostAsJsonAsync("/api/v1/receives", new { tickets = new[] { window.GetProperty("ticket").GetString() }, destination });
        var receive = (await ordered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await using var service = new ServiceProcess(Home);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await service.UntilAsync(receive!, static view => view.State == ReceiveState.Completed, limit.Token);
        using var opened = await http.PostAsync($"/api/web/receives/{receive}/open", null);

        Assert.Equal(HttpStatusCode.NoContent, opened.StatusCode);
        Assert.Equal([destination], await SeenAsync());
    }

    [Fact]
    public async Task Without_a_browser_the_file_to_open_is_named()
    {
        if (OperatingSystem.IsWindows())
            return;

        var (exitCode, _, error) = await RunAsync("settings", "--dialog");

        Assert.Equal(8, exitCode);
        Assert.True(File.Exists(DoorPath().Match(error).Value), error);
    }

    [Theory]
    [InlineData("receive")]
    [InlineData("receive", "--dialog", "a", "b")]
    [InlineData("receive", "--dialog", "--yes")]
    [InlineData("receive", "--dialog", "-o", "x")]
    [InlineData("share")]
    [InlineData("settings")]
    public async Task A_command_that_means_nothing_is_refused(params string[] arguments) => Assert.Equal(2, (await RunAsync(arguments)).ExitCode);

    public async Task DisposeAsync()
    {
        await ProgramRun.RunAsync(Home, "service", "stop");
        _folder.Dispose();
    }

    private static (string Origin, string Secret) Door(string path)
    {
        var page = File.ReadAllText(path);
        return (Action().Match(page).Groups[1].Value, Secret().Match(page).Groups[1].Value);
    }

    /// <summary>Goes in as a browser does, and asks what the window is for.</summary>
    private static async Task<JsonElement> EnterAsync(string origin, string secret)
    {
        using var http = Browser(origin);
        return await EnterAsync(http, secret);
    }

    private static async Task<JsonElement> EnterAsync(HttpClient http, string secret)
    {
        using var content = new FormUrlEncodedContent([new("secret", secret)]);
        using var entered = await http.PostAsync("/session", content);
        var page = await entered.Content.ReadAsStringAsync();
        return JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync("/api/web/windows/" + Window().Match(page).Groups[1].Value));
    }

    private static HttpClient Browser(string origin)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseProxy = false }) { BaseAddress = new Uri(origin) };
        http.DefaultRequestHeaders.Add("Origin", origin);
        return http;
    }

    // Nothing of this machine's desktop: only what the test put there.
    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var run = ProgramRun.Start(Home, [("PATH", _folder.Path), ("DISPLAY", ":99"), ("WAYLAND_DISPLAY", ""), ("BROWSER", "")], arguments);
        run.Input.Close();
        var exitCode = await run.EndAsync();
        return (exitCode, string.Join('\n', await run.RestAsync()), run.Error);
    }

    private void Install(string browser)
    {
        var path = _folder.Write(browser, $"#!/bin/sh\nfor argument in \"$@\"; do echo \"$argument\"; done > {Seen}.new\n/bin/mv {Seen}.new {Seen}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    // The browser lives on beside the command that started it.
    private async Task<string[]> SeenAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(Seen))
            await timer.WaitForNextTickAsync(limit.Token);
        return await File.ReadAllLinesAsync(Seen);
    }

    [GeneratedRegex("action=\"(.+)/session\"")]
    private static partial Regex Action();

    [GeneratedRegex("name=\"secret\" value=\"([^\"]+)\"")]
    private static partial Regex Secret();

    [GeneratedRegex("[?]w=([0-9a-f]+)")]
    private static partial Regex Window();

    [GeneratedRegex("/[^ ]+altsendme-window-[0-9a-f]+[.]html")]
    private static partial Regex DoorPath();
}
