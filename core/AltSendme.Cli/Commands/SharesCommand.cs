using System.CommandLine;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Progress;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme shares list|show|stop</c>: the shares of the background service.</summary>
internal static class SharesCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The share, as 'altsendme shares list' names it." };

    public static Command Create()
    {
        var list = new Command("list", "List the shares of the background service.") { CommonOptions.Json };
        list.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, TransferViews.Json(result), "Stopped.", () => ListAsync(result.GetValue(CommonOptions.Json), cancellationToken)));
        var show = new Command("show", "Show a share with its ticket and its receivers.") { Id, CommonOptions.Json };
        show.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, TransferViews.Json(result), "Stopped.", () => ShowAsync(result.GetValue(Id)!, result.GetValue(CommonOptions.Json), cancellationToken)));
        var stop = new Command("stop", "End a share.") { Id };
        stop.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped.", () => StopAsync(result.GetValue(Id)!, cancellationToken)));
        return new Command("shares", "Look at and end the shares of the background service.") { list, show, stop };
    }

    // Kept shares are taken up again by asking for them.
    private static async Task<int> ListAsync(bool json, CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: true);
        var shares = await service.SharesAsync(cancellationToken);
        if (json)
        {
            JsonOutput.Write(shares, ContractJson.Default.IReadOnlyListShareView);
            return ExitCodes.Done;
        }

        foreach (var share in shares)
            Console.WriteLine(Line(share));
        if (shares.Count == 0)
            Console.WriteLine("Nothing is shared in the background. 'altsendme send --background PATH' shares something.");
        return ExitCodes.Done;
    }

    private static async Task<int> ShowAsync(string id, bool json, CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: true);
        var share = await service.ShareAsync(id, cancellationToken);
        if (json)
        {
            JsonOutput.Write(share, ContractJson.Default.ShareView);
            return ExitCodes.Done;
        }

        Console.WriteLine(Line(share));
        foreach (var path in share.Paths)
            Console.WriteLine($"  {SafeText.Of(path)}");
        if (share.Ticket is { } ticket)
            Console.WriteLine($"ticket    {ticket}");
        Console.WriteLine($"made      {share.Created.ToLocalTime():g}{(share.Broadcast ? ", for any number of receivers" : ", for one receiver")}");
        if (share.Expires is { } expires)
            Console.WriteLine($"ends      {expires.ToLocalTime():g}");
        if (share.Error is { } error)
            Console.WriteLine($"note      {SafeText.Of(error.Message)}");
        foreach (var receiver in share.Receivers)
            Console.WriteLine($"receiver  {receiver.Number} ({receiver.Peer}) {receiver.State.ToString().ToLowerInvariant()}, {ByteText.Of(receiver.Bytes)}{(receiver.Path is { } path ? $", {path}" : "")}");
        return ExitCodes.Done;
    }

    private static async Task<int> StopAsync(string id, CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: true);
        await service.StopShareAsync(id, cancellationToken);
        return ExitCodes.Done;
    }

    private static string Line(ShareView share) =>
        $"{share.Id}  {share.State.ToString().ToLowerInvariant(),-9}  {(share.Name is { } name ? SafeText.Of(name) : "...")}{(share is { Files: { } files, Bytes: { } bytes } ? $" ({TextLines.Files(files)}, {ByteText.Of(bytes)})" : "")}{(share.Deliveries > 0 ? $", delivered {share.Deliveries} times" : "")}";
}
