using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Client.Desktop;

/// <summary>Opens a window: asks the service for one, and has a browser show it, as a window of its own where an installed one can.</summary>
public static class WindowOpener
{
    /// <summary>Opens one.</summary>
    /// <param name="prepare">Asks the service, over its socket or within it.</param>
    /// <param name="order">Which window.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The browser's name.</returns>
    /// <exception cref="ServiceException"><c>service.no-browser</c>: there is no browser, or no desktop to show it on.</exception>
    public static async Task<string> OpenAsync(Func<WindowOrder, CancellationToken, Task<WindowView>> prepare, WindowOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        ArgumentNullException.ThrowIfNull(order);
        if (HasDesktop && BrowserSearch.Find() is { } browser)
        {
            var window = await prepare(order with { Folder = browser.ReadableFolder }, cancellationToken);
            if (browser.TryShow(window.Door))
                return browser.Name;
        }

        var other = await prepare(order with { Folder = await DefaultBrowser.ReadableFolderAsync(cancellationToken) }, cancellationToken);
        if (HasDesktop && DefaultBrowser.TryShow(other.Door))
            return "your browser";
        throw new ServiceException(ServiceCodes.NoBrowser, $"{(HasDesktop ? "No browser was found." : "There is no desktop here.")} Open {other.Door} in a browser on this machine within two minutes; it lets in whoever opens it.");
    }

    // BROWSER names one that needs no desktop of ours, such as one at the other end of a remote session.
    private static bool HasDesktop => !OperatingSystem.IsLinux() || IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY") || IsSet("BROWSER");

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
