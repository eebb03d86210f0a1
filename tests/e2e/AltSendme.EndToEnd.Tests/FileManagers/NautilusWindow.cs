using System.Diagnostics;
using System.Globalization;

namespace AltSendme.EndToEnd.Tests.FileManagers;

/// <summary>A window of a real Nautilus that shows one folder, worked by pointer and keys.</summary>
internal sealed class NautilusWindow : IAsyncDisposable
{
    // Where the first item of a folder is in a window of the size that Nautilus opens, and a place below all items.
    private static readonly string[] FirstItem = ["337", "125"];
    private static readonly string[] Background = ["600", "480"];

    // The menu of items is longer than the one of the background, which shows when the items are not there yet.
    private const int ItemMenuHeight = 350;
    private const int BackgroundMenuHeight = 120;

    private static readonly TimeSpan MenuLimit = TimeSpan.FromSeconds(2);

    private readonly Desktop _desktop;
    private readonly Process _process;
    private readonly string _window;

    private NautilusWindow(Desktop desktop, Process process, string window)
    {
        (_desktop, _process, _window) = (desktop, process, window);
    }

    public static async Task<NautilusWindow> OpenAsync(Desktop desktop, string folder, string language, CancellationToken cancellationToken)
    {
        var process = desktop.Start([("LANGUAGE", language)], "nautilus", "-w", folder);
        var window = await Desktop.UntilAsync(() => desktop.RunAsync("xdotool", ["search", "--onlyvisible", "--class", "nautilus"], cancellationToken), static text => text.Length > 0, cancellationToken);
        return new NautilusWindow(desktop, process, window.Split('\n')[0]);
    }

    /// <summary>Opens the menu of all items of the folder, as a right click on the first does when all are chosen.</summary>
    public Task OpenItemMenuAsync(CancellationToken cancellationToken) => OpenMenuAsync(FirstItem, ["click", "1", "key", "ctrl+a", "click", "3"], ItemMenuHeight, cancellationToken);

    /// <summary>Opens the menu of the folder itself.</summary>
    public Task OpenBackgroundMenuAsync(CancellationToken cancellationToken) => OpenMenuAsync(Background, ["click", "3"], BackgroundMenuHeight, cancellationToken);

    /// <summary>Chooses the entry above the last one, where Nautilus puts those of extensions.</summary>
    public Task ChooseOursAsync(CancellationToken cancellationToken) => _desktop.RunAsync("xdotool", ["key", "Up", "key", "Up", "key", "Return"], cancellationToken);

    /// <summary>Keeps a picture of the screen for people to look at, where a folder for it is named and ImageMagick is there.</summary>
    public async Task PictureAsync(string name, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("ALTSENDME_PICTURES") is { Length: > 0 } folder)
            await _desktop.RunAsync("import", ["-window", "root", Path.Combine(folder, name + ".png")], cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    private async Task OpenMenuAsync(string[] place, string[] actions, int height, CancellationToken cancellationToken)
    {
        var before = await WindowsAsync(cancellationToken);
        while (true)
        {
            await _desktop.RunAsync("xdotool", ["windowactivate", "--sync", _window, "mousemove", "--window", _window, .. place, .. actions], cancellationToken);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(MenuLimit);
            try
            {
                var opened = await Desktop.UntilAsync(() => NewHeightAsync(before, limit.Token), static found => found > 0, limit.Token);
                if (opened > height)
                    return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Not yet; the folder was still being read.
            }

            await _desktop.RunAsync("xdotool", ["key", "Escape"], cancellationToken);
        }
    }

    private async Task<HashSet<string>> WindowsAsync(CancellationToken cancellationToken) =>
        [.. (await _desktop.RunAsync("xdotool", ["search", "--onlyvisible", "--maxdepth", "1", ".*"], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Height of the window that was not there before; 0 while there is none.</summary>
    private async Task<int> NewHeightAsync(HashSet<string> before, CancellationToken cancellationToken)
    {
        var menu = (await WindowsAsync(cancellationToken)).Except(before).FirstOrDefault();
        if (menu is null)
            return 0;
        var line = (await _desktop.RunAsync("xdotool", ["getwindowgeometry", "--shell", menu], cancellationToken)).Split('\n').FirstOrDefault(static line => line.StartsWith("HEIGHT=", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line["HEIGHT=".Length..], CultureInfo.InvariantCulture);
    }
}
