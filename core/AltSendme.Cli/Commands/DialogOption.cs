using System.CommandLine;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Client.Desktop;

namespace AltSendme.Cli.Commands;

/// <summary><c>--dialog</c>: a window in place of the terminal.</summary>
internal static class DialogOption
{
    public static readonly Option<bool> Dialog = new("--dialog") { Description = "Open a window for it. The background service shows it in your browser; it is started when it does not run." };

    /// <summary>Opens a window, and says where.</summary>
    public static async Task<int> OpenAsync(ServiceConnection service, WindowOrder order, CancellationToken cancellationToken)
    {
        var browser = await WindowOpener.OpenAsync(service.OpenWindowAsync, order, cancellationToken);
        await Console.Error.WriteLineAsync($"The window opens in {browser}.");
        return ExitCodes.Done;
    }
}
