using System.Globalization;
using AltSendme.Abstractions;
using AltSendme.Cli.Integrations.Explorer;
using AltSendme.Explorer.Actions;
using AltSendme.Explorer.Com;
using AltSendme.Explorer.Commands;
using AltSendme.Explorer.Hosting;
using AltSendme.Service.Client;

const int Done = 0;
const int Failed = 1;
const int Unusable = 2;

var labels = new Labels(CultureInfo.CurrentUICulture);
var sending = new Sending(static () => ServiceConnection.Default(start: true), labels, MessageWindow.Show);
var receiving = new Receiving(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "altsendme.exe" : "altsendme"), labels, MessageWindow.Show);

// The folder that Explorer shows is our working directory, and would be the service's, which could then not be removed for as long as that runs.
var here = Environment.CurrentDirectory;
Environment.CurrentDirectory = AppContext.BaseDirectory;

switch (args)
{
    case [LocalServer.Argument or "/Embedding", ..] when OperatingSystem.IsWindows():
        var lifetime = new ServerLifetime(TimeProvider.System);
        await LocalServer.RunAsync(MenuEntries.Factories(labels, sending, receiving, lifetime), lifetime);
        return Done;
    case [ExplorerNames.Send, _, ..]:
        return await sending.SendAsync(new Selection([.. args.Skip(1).Select(argument => Path.GetFullPath(ShellPath.Of(argument), here))], [])) ? Done : Failed;
    case [ExplorerNames.Receive, ..]:
        return await receiving.ReceiveAsync(args[1..]) ? Done : Failed;
    case [ExplorerNames.Start]:
        return await StartAsync();
    default:
        MessageWindow.Show("AltSendme", $"{ExplorerNames.Send} PATH... | {ExplorerNames.Receive} [TICKET] | {ExplorerNames.Start}");
        return Unusable;
}

// At login: nobody waits for it, and nobody wants a window about it.
static async Task<int> StartAsync()
{
    try
    {
        using var service = ServiceConnection.Default(start: true);
        await service.StatusAsync();
        return Done;
    }
    catch (AltSendmeException)
    {
        return Failed;
    }
}
