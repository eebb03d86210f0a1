using System.CommandLine;
using AltSendme.Cli.Clipboard;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Progress;
using AltSendme.Core.Sending;
using AltSendme.Core.Settings;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme send</c>.</summary>
internal static class SendCommand
{
    private const string Interrupted = "Stopped. The share is closed; whoever has part of it keeps that part and can go on when you send the same files again.";

    private static readonly Argument<string[]> Paths = new("path") { Description = "Files and folders to send; '-' reads standard input.", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<string?> Text = new("--text") { Description = "Send this text as a file, in place of files and folders.", HelpName = "TEXT" };

    public static readonly Option<string?> TicketType = new Option<string?>("--ticket-type") { Description = "What the ticket says about the way to this machine: auto, id, relay, addresses or full. Default: auto.", HelpName = "auto|id|relay|addresses|full" }.Among("auto", "id", "relay", "addresses", "full");

    private static readonly Option<bool> Broadcast = new("--broadcast") { Description = "Keep sharing until Ctrl-C, to any number of receivers. Without it the share ends when the first receiver has everything." };

    private static readonly Option<bool> Copy = new("--copy") { Description = "Put the ticket on the clipboard too." };

    private static readonly Option<bool> Notify = new("--notify") { Description = "With --background: let the service tell by notifications what becomes of the share, or why there is none." };

    private static readonly Option<string?> Name = new("--name") { Description = "Name of the file that standard input or --text becomes: 'stdin' or 'text.txt' unless it is given." };

    public static Command Create()
    {
        var command = new Command("send", "Share files and folders, and print the ticket with which somebody can fetch them.") { Paths, Text, TicketType, Broadcast, BackgroundOption.Background, Copy, Notify, Name, RelayOption.Relay, RelayOption.Token, DiscoveryOption.Discovery, CommonOptions.Json, CommonOptions.NoProgress };
        command.Validators.Add(static result =>
        {
            BackgroundOption.Check(result, Paths);
            if (result.GetValue(Paths) is { Length: > 0 } == result.GetValue(Text) is not null)
                result.AddError("Name what to send: either paths, or --text.");
            if (result.GetValue(Notify) && !result.GetValue(BackgroundOption.Background))
                result.AddError("--notify needs --background: without it, the command itself tells how it goes.");
        });
        command.SetAction(static async (result, cancellationToken) =>
        {
            var json = TransferViews.Json(result);
            return await CommandRun.GuardAsync(result, json, Interrupted, () => RunAsync(result, json, cancellationToken));
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, JsonView? json, CancellationToken cancellationToken)
    {
        if (result.GetValue(BackgroundOption.Background))
            return await BackgroundSend.RunAsync(BackgroundOrder(result), json, cancellationToken);
        await using var services = CommandRun.OpenServices(result);
        services.Policy.JudgeShare(services.Settings.Send.TicketType, result.GetValue(Broadcast)).ThrowIfDenied();
        await using var spool = new StandardInputSpool(services.StateFolder);
        var request = new ShareRequest
        {
            Paths = result.GetValue(Text) is { } text
                ? [await spool.KeepAsync(text, result.GetValue(Name) ?? "text.txt", cancellationToken)]
                : await spool.ReplaceAsync(result.GetValue(Paths)!, result.GetValue(Name) ?? "stdin", cancellationToken),
            TicketForm = services.Settings.Send.TicketType,
            Lifetime = services.Settings.Send.Lifetime > TimeSpan.Zero ? services.Settings.Send.Lifetime : null,
            OneTime = !result.GetValue(Broadcast),
        };

        await using var session = await OpenAsync(services, request, result, json, cancellationToken);
        await using var view = TransferViews.Choose(result, json);
        await AnnounceAsync(session.Ready, request, result.GetValue(Copy), json, cancellationToken);
        await session.RunAsync(view, cancellationToken);
        return ExitCodes.Done;
    }

    private static ShareOrder BackgroundOrder(ParseResult result) => new()
    {
        Paths = [.. result.GetValue(Paths)!.Select(Path.GetFullPath)],
        Text = result.GetValue(Text),
        Name = result.GetValue(Text) is null ? null : result.GetValue(Name),
        TicketType = result.GetValue(TicketType) is { } form ? Enum.Parse<TicketForm>(form, ignoreCase: true) : null,
        Broadcast = result.GetValue(Broadcast),
        Copy = result.GetValue(Copy),
        Notify = result.GetValue(Notify),
    };

    private static async Task<ShareSession> OpenAsync(Core.CoreServices services, ShareRequest request, ParseResult result, JsonView? json, CancellationToken cancellationToken)
    {
        // A view of its own for hashing: its bar is gone before the ticket is printed.
        var view = TransferViews.Choose(result, json);
        try
        {
            return await ShareSession.OpenAsync(services, request, view, cancellationToken);
        }
        finally
        {
            if (json is null)
                await view.DisposeAsync();
        }
    }

    private static async Task AnnounceAsync(ShareReady ready, ShareRequest request, bool copy, JsonView? json, CancellationToken cancellationToken)
    {
        if (json is not null)
        {
            json.Report(ready);
        }
        else
        {
            await Console.Error.WriteLineAsync($"Sharing {SafeText.Of(ready.Name)}: {TextLines.Files(ready.Files)}, {ByteText.Of(ready.Bytes)}. On the other machine: altsendme receive TICKET");
            await Console.Out.WriteLineAsync(ready.Text);
            await Console.Out.FlushAsync(cancellationToken);
            foreach (var note in Notes(ready, request))
                await Console.Error.WriteLineAsync(note);
        }

        if (copy)
            await TicketCopy.CopyAsync(ready.Text, quiet: json is not null, cancellationToken);
    }

    private static IEnumerable<string> Notes(ShareReady ready, ShareRequest request)
    {
        if (ready.Addresses.Count > 0 && request.TicketForm == TicketForm.Auto)
            yield return $"The ticket holds this machine's addresses ({string.Join(", ", ready.Addresses.Select(static address => address.Text))}), because there is neither a relay nor a discovery service.";
        if (ready.Discovery.Count > 0)
            yield return $"This share is announced by {string.Join(", ", ready.Discovery)}, until it ends.";
        else if (ready.Addresses.Count == 0 && ready.Relay is null)
            yield return "The ticket holds no address: only a discovery service could find this machine, and none announces it.";
        yield return request.OneTime ? "Waiting for one receiver; Ctrl-C ends the share." : "Sharing until Ctrl-C.";
    }
}
