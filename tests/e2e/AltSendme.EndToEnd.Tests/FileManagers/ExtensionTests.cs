using System.Text.Json;

namespace AltSendme.EndToEnd.Tests.FileManagers;

/// <summary>The extension of Nautilus, loaded as Nautilus does, with a session bus but without a window.</summary>
public sealed class ExtensionTests(Desktop desktop) : IClassFixture<Desktop>, IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));

    private string Extension => Path.Combine(desktop.Home, ".local", "nautilus-python", "extensions", "altsendme-nautilus.py");

    public async Task InitializeAsync()
    {
        if (DesktopFactAttribute.Missing is not null)
            return;
        var (exitCode, _, error) = await ProgramRun.RunAsync(desktop.Home, "integrate", "install", "nautilus");
        Assert.True(exitCode == 0, error);
    }

    [DesktopFact]
    public async Task The_entries_speak_the_users_language_for_either_version_of_the_interface()
    {
        var process = desktop.Start([("LANGUAGE", "zz:de_AT:en")], Desktop.Python, [Harness, Extension, "labels"]);
        using var entries = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync(_limit.Token));

        string[] Labels(string kind) => [.. entries.RootElement.GetProperty(kind).EnumerateArray().Select(static entry => entry.GetProperty("label").GetString()!)];
        Assert.Equal(["Mit AltSendme senden"], Labels("files"));
        Assert.Equal(["Mit AltSendme senden"], Labels("filesBefore4"));
        Assert.Empty(Labels("none"));
        Assert.Equal(["Mit AltSendme empfangen …"], Labels("background"));
        Assert.Equal(["Mit AltSendme empfangen …"], Labels("backgroundBefore4"));
    }

    [DesktopFact]
    public async Task An_item_that_is_not_on_this_computer_is_named_in_a_notification()
    {
        desktop.Start(Desktop.Python, Harness, Extension, "send", "sftp://host.example/photos/cat.jpg");

        var notification = await desktop.NotificationAsync(static shown => shown.Body.Contains("cat.jpg", StringComparison.Ordinal), _limit.Token);

        Assert.Contains("not on this computer", notification.Body, StringComparison.Ordinal);
    }

    [DesktopFact]
    public async Task A_file_that_is_gone_is_named_in_a_notification()
    {
        desktop.Start(Desktop.Python, Harness, Extension, "send", "file:///nowhere/report%20%231.txt");

        await desktop.NotificationAsync(static shown => shown.Body.Contains("/nowhere/report #1.txt", StringComparison.Ordinal), _limit.Token);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _limit.Dispose();

    internal static string Harness => Path.Combine(AppContext.BaseDirectory, "FileManagers", "extension.py");
}
