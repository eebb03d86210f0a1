using System.CommandLine;
using System.Text.RegularExpressions;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme share --dialog</c>: the window for sharing.</summary>
internal static partial class ShareCommand
{
    private static readonly Argument<string[]> Inputs = new("path") { Description = "Files and folders to share at once, or the id of a share to show; without any, the window begins empty.", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var command = new Command("share", "Open the window for sharing. In a terminal, 'altsendme send' shares.") { Inputs, DialogOption.Dialog };
        command.Validators.Add(static result =>
        {
            if (!result.GetValue(DialogOption.Dialog))
                result.AddError("'altsendme share' opens a window: add --dialog. In a terminal, 'altsendme send' shares.");
        });
        command.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped.", () => RunAsync(result.GetValue(Inputs)!, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(string[] inputs, CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: true);
        var id = inputs is [var only] && Id().IsMatch(only) && !Path.Exists(only) ? (await service.ShareAsync(only, cancellationToken)).Id : null;
        if (id is null && inputs.Length > 0)
            id = (await service.CreateShareAsync(new ShareOrder { Paths = [.. inputs.Select(Path.GetFullPath)], Wait = false }, cancellationToken)).Id;
        return await DialogOption.OpenAsync(service, new WindowOrder { Page = WindowPage.Share, Share = id }, cancellationToken);
    }

    [GeneratedRegex("^[0-9a-f]{10}$")]
    private static partial Regex Id();
}
