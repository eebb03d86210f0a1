using System.CommandLine;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme settings --dialog</c>: the window for the settings.</summary>
internal static class SettingsCommand
{
    public static Command Create()
    {
        var command = new Command("settings", "Open the window for the settings. In a terminal, 'altsendme config' shows and changes them.") { DialogOption.Dialog };
        command.Validators.Add(static result =>
        {
            if (!result.GetValue(DialogOption.Dialog))
                result.AddError("'altsendme settings' opens a window: add --dialog. In a terminal, 'altsendme config' shows and changes the settings.");
        });
        command.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped.", async () =>
        {
            using var service = ServiceConnection.Default(start: true);
            return await DialogOption.OpenAsync(service, new WindowOrder { Page = WindowPage.Settings }, cancellationToken);
        }));
        return command;
    }
}
