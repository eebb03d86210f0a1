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

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _limit.Dispose();

    internal static string Harness => Path.Combine(AppContext.BaseDirectory, "FileManagers", "extension.py");
}
