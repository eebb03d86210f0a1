using System.CommandLine;
using AltSendme.Abstractions;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Errors;
using AltSendme.Core.Plugins;
using AltSendme.Core.Plugins.Installing;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme plugins install</c>, <c>remove</c> and <c>sign</c>: the user's own plugins.</summary>
internal static class PluginInstallCommand
{
    private static readonly Argument<string> Source = new("source") { Description = "A plugin's folder, or its .zip file." };

    private static readonly Argument<string> Id = new("id") { Description = "The plugin's id." };

    private static readonly Argument<string> Folder = new("folder") { Description = "The plugin's folder." };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    private static readonly Option<bool> Replace = new("--replace") { Description = "Replace an installed plugin of the same id." };

    private static readonly Option<string> Key = new("--key") { Description = "PEM file with your secret Ed25519 key.", Required = true };

    private static readonly Option<bool> NewKey = new("--new-key") { Description = "Make the key file first; it must not exist." };

    public static Command CreateInstall()
    {
        var command = new Command("install", "Install a plugin for yourself, from a folder or a .zip file.") { Source, Yes, Replace };
        command.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped; nothing was installed.", () => InstallAsync(result, cancellationToken)));
        return command;
    }

    public static Command CreateRemove()
    {
        var command = new Command("remove", "Remove a plugin that you installed.") { Id };
        command.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => Task.FromResult(Remove(result.GetValue(Id)!))));
        return command;
    }

    public static Command CreateSign()
    {
        var command = new Command("sign", "For authors: put the hashes of a plugin's files into its manifest, and sign that.") { Folder, Key, NewKey };
        command.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => Task.FromResult(Sign(result))));
        return command;
    }

    private static async Task<int> InstallAsync(ParseResult result, CancellationToken cancellationToken)
    {
        await using var services = CommandRun.OpenServices(result);
        var installer = new PluginInstaller(PluginSearch.UserRoot());
        using var staged = await installer.StageAsync(result.GetValue(Source)!, services.Policy, cancellationToken);
        foreach (var line in PluginText.Offer(staged))
            await Console.Error.WriteLineAsync(line);
        if (staged.Installed is null || result.GetValue(Replace))
            await AskAsync(result, cancellationToken);
        Console.WriteLine(SafeText.Of(installer.Commit(staged, result.GetValue(Replace))));
        return ExitCodes.Done;
    }

    private static async Task AskAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(Yes))
            return;
        if (Console.IsInputRedirected)
            throw new TransferAbortedException(ErrorCodes.ConsentNeeded, "Nobody is here to ask whether to install this; run the same command with --yes.");

        await Console.Error.WriteAsync("Install this? [y/N] ");

        // Reading a console can't be cancelled; the reader is left behind when Ctrl-C is pressed at the question, and ends with the process.
        var answer = await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        if (answer?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
            throw new TransferAbortedException(ErrorCodes.Declined, "Nothing was installed.");
    }

    private static int Remove(string id)
    {
        Console.WriteLine(SafeText.Of(new PluginInstaller(PluginSearch.UserRoot()).Uninstall(id)));
        return ExitCodes.Done;
    }

    private static int Sign(ParseResult result)
    {
        if (result.GetValue(NewKey))
            PluginSigner.CreateKey(result.GetValue(Key)!);
        Console.WriteLine(PluginSigner.Sign(result.GetValue(Folder)!, result.GetValue(Key)!).Text);
        return ExitCodes.Done;
    }
}
