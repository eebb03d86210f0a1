using System.CommandLine;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Progress;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme receives list|cancel|resume|discard</c>: what the background service receives or could go on with.</summary>
internal static class ReceivesCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The receive, as 'altsendme receives list' names it." };

    public static Command Create()
    {
        var list = new Command("list", "List what the background service receives, has received, or could go on with.") { CommonOptions.Json };
        list.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, TransferViews.Json(result), "Stopped.", () => ListAsync(result.GetValue(CommonOptions.Json), cancellationToken)));
        return new Command("receives", "Look at and steer what the background service receives.")
        {
            list,
            Act("cancel", "Stop a receive. What was verified stays, and it can be resumed.", static (service, id, cancellationToken) => service.CancelReceiveAsync(id, cancellationToken)),
            Act("resume", "Go on with a receive.", static (service, id, cancellationToken) => service.ResumeReceiveAsync(id, cancellationToken)),
            Act("discard", "Forget a receive and remove what is unfinished of it. What is complete stays.", static (service, id, cancellationToken) => service.DiscardReceiveAsync(id, cancellationToken)),
        };
    }

    private static Command Act(string name, string description, Func<ServiceConnection, string, CancellationToken, Task> act)
    {
        var command = new Command(name, description) { Id };
        command.SetAction((result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped.", async () =>
        {
            using var service = ServiceConnection.Default(start: true);
            await act(service, result.GetValue(Id)!, cancellationToken);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task<int> ListAsync(bool json, CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: true);
        var receives = await service.ReceivesAsync(cancellationToken);
        if (json)
        {
            JsonOutput.Write(receives, ContractJson.Default.IReadOnlyListReceiveView);
            return ExitCodes.Done;
        }

        foreach (var receive in receives)
            Write(receive);
        if (receives.Count == 0)
            Console.WriteLine("Nothing is received in the background. 'altsendme receive --background TICKET' begins.");
        return ExitCodes.Done;
    }

    private static void Write(ReceiveView receive)
    {
        var progress = receive.TotalBytes is { } total ? $"{ByteText.Of(receive.Bytes)} of {ByteText.Of(total)}" : "not begun";
        Console.WriteLine($"{receive.Id}  {receive.State.ToString().ToLowerInvariant(),-11}  {(receive.Name is { } name ? SafeText.Of(name) : $"from {receive.Sender}")} ({progress}) into {SafeText.Of(receive.Destination)}");
        if (receive.Error is { } error)
            Console.WriteLine($"  {SafeText.Of(error.Message)}");
        if (receive.CanResume)
            Console.WriteLine($"  altsendme receives resume {receive.Id}   or   altsendme receives discard {receive.Id}");
    }
}
