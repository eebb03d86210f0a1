using System.CommandLine;
using System.CommandLine.Parsing;
using AltSendme.Abstractions;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.Core.Tickets;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme receive</c>.</summary>
internal static class ReceiveCommand
{
    private const string Interrupted = "Stopped. What was verified stays; run the same command again to go on from there.";
    private const string StreamInterrupted = "Stopped. What was written was verified; another run starts from the beginning.";

    private static readonly Argument<string[]> Tickets = new("ticket") { Description = "The ticket; '-' reads it from standard input, where it stays out of the shell's history. an altsendme: link and an .altsendme file hold one, too. Several tickets for the same content are fetched from at once.", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Folder to receive into; '-' writes a single file to standard output. Default: this folder.", HelpName = "DIR" };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask before receiving." };

    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace files that are there already." };

    private static readonly Option<bool> Rename = new("--rename") { Description = "Receive as 'name (2).ext' where a name is taken (the default)." };

    private static readonly Option<bool> Skip = new("--skip") { Description = "Do not receive what is there already." };

    private static readonly Option<bool> Wait = new("--wait") { Description = "With --background: wait up to a week for a sender that is not there." };

    public static Command Create()
    {
        var command = new Command("receive", "Fetch what a ticket names, verify every byte, and put it into a folder.") { Tickets, Output, Yes, BackgroundOption.Background, Wait, DialogOption.Dialog, Overwrite, Rename, Skip, RelayOption.Relay, RelayOption.Token, DiscoveryOption.Discovery, CommonOptions.Json, CommonOptions.NoProgress };
        command.Validators.Add(static result =>
        {
            if (result.GetValue(DialogOption.Dialog))
            {
                CheckDialog(result);
                return;
            }

            if (result.GetValue(Tickets) is not { Length: > 0 })
                result.AddError("Name a ticket, or add --dialog to paste it into a window.");
            BackgroundOption.Check(result, Tickets);
            if (result.GetValue(BackgroundOption.Background) && result.GetValue(Output) == "-")
                result.AddError("--background receives into a folder; -o - does not go with it.");
            if (result.GetValue(Wait) && !result.GetValue(BackgroundOption.Background))
                result.AddError("--wait goes with --background.");
            if (new[] { Overwrite, Rename, Skip }.Count(option => result.GetResult(option) is OptionResult { Implicit: false }) > 1)
                result.AddError("Only one of --overwrite, --rename and --skip can be used.");
        });
        command.SetAction(static async (result, cancellationToken) =>
        {
            var json = TransferViews.Json(result);
            if (result.GetValue(DialogOption.Dialog))
                return await CommandRun.GuardAsync(result, json, "Stopped.", () => ReceiveDialog.RunAsync(result.GetValue(Tickets) is [var ticket] ? ticket : null, cancellationToken));
            return await CommandRun.GuardAsync(result, json, result.GetValue(Output) == "-" ? StreamInterrupted : Interrupted, () => RunAsync(result, json, cancellationToken));
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, JsonView? json, CancellationToken cancellationToken)
    {
        var tickets = new List<BlobTicket>();
        foreach (var text in result.GetValue(Tickets)!)
            tickets.Add(BlobTicket.Parse(await TicketSource.ReadAsync(text, cancellationToken)));
        if (result.GetValue(BackgroundOption.Background))
            return await BackgroundReceive.RunAsync([.. tickets.Select(static ticket => ticket.ToString())], result.GetValue(Output) ?? ".", Conflict(result) is { } rule ? Enum.Parse<ConflictRule>(rule, ignoreCase: true) : null, result.GetValue(Wait), (preview, token) => ConsentAsync(preview, result, json, token), result.GetValue(Yes), json, cancellationToken);
        await using var services = CommandRun.OpenServices(result);
        var output = result.GetValue(Output) ?? services.Policy.ReceiveFolder ?? ".";
        if (output == "-" && json is not null)
            throw new TransferAbortedException(ErrorCodes.ConsentNeeded, "--json and -o - both want standard output; use one of them.");

        await using var view = TransferViews.Choose(result, json);
        var request = new ReceiveRequest
        {
            Ticket = tickets[0],
            MoreTickets = tickets[1..],
            Destination = output,
            Conflict = services.Settings.Receive.Conflict,
            RetryFor = services.Settings.Receive.RetryFor,
            StallAfter = services.Settings.Receive.StallAfter,
            AskForPreview = json is not null || !result.GetValue(Yes),
            Consent = (preview, token) => ConsentAsync(preview, result, json, token),
        };

        if (output == "-")
        {
            await using var content = Console.OpenStandardOutput();
            await new ReceiveSession(services, request, view).RunAsync(content, cancellationToken);
            return ExitCodes.Done;
        }

        var completed = await new ReceiveSession(services, request, view).RunAsync(cancellationToken);
        await view.DisposeAsync();
        if (json is null)
        {
            foreach (var path in completed.Paths)
                Console.WriteLine(SafeText.Of(path));
        }

        return ExitCodes.Done;
    }

    /// <summary>What to do where a name is taken, as the command line says; <see langword="null"/> when it says nothing.</summary>
    public static string? Conflict(ParseResult result)
    {
        if (result.GetValue(Overwrite))
            return "overwrite";
        if (result.GetValue(Skip))
            return "skip";
        return result.GetValue(Rename) ? "rename" : null;
    }

    // The window asks for the rest.
    private static void CheckDialog(CommandResult result)
    {
        if (result.GetValue(Tickets) is { Length: > 1 })
            result.AddError("--dialog takes one ticket.");
        if (result.Children.OfType<OptionResult>().FirstOrDefault(static option => !option.Implicit && option.Option != DialogOption.Dialog && option.Option != CommonOptions.Verbose) is { } other)
            result.AddError($"--dialog opens a window, which asks for the rest; {other.Option.Name} does not go with it.");
    }

    private static async ValueTask<bool> ConsentAsync(PreviewReady preview, ParseResult result, JsonView? json, CancellationToken cancellationToken)
    {
        if (json is null)
        {
            foreach (var line in TextLines.Preview(preview))
                await Console.Error.WriteLineAsync(line);
        }

        if (result.GetValue(Yes))
            return true;
        if (json is not null || Console.IsInputRedirected)
            throw new TransferAbortedException(ErrorCodes.ConsentNeeded, "Nobody is here to ask whether to receive this; run the same command with --yes.");

        await Console.Error.WriteAsync("Receive this? [Y/n] ");

        // Reading a console can't be cancelled; the reader is left behind when Ctrl-C is pressed at the question, and ends with the process.
        var answer = await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "" or "Y" or "YES";
    }
}
