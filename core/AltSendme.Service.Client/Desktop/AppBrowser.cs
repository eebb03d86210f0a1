namespace AltSendme.Service.Client.Desktop;

/// <summary>A browser that can show a page as a window of its own (<c>--app=</c>), as those of the Chromium family can.</summary>
/// <param name="Name">For people.</param>
/// <param name="Program">What is started.</param>
/// <param name="Arguments">What comes before the browser's own arguments.</param>
/// <param name="ReadableFolder">A folder that it can read, where it is confined; <see langword="null"/> where it reads what its user does.</param>
public sealed record AppBrowser(string Name, string Program, IReadOnlyList<string> Arguments, string? ReadableFolder)
{
    /// <summary>Width and height of a new window: a narrow page, as the windows are.</summary>
    private const string Size = "--window-size=560,780";

    /// <summary>Shows a file as a window.</summary>
    /// <returns>Whether the browser could be started.</returns>
    public bool TryShow(string file) => DesktopProgram.TryStart(Program, [.. Arguments, $"--app={new Uri(file).AbsoluteUri}", Size]);
}
