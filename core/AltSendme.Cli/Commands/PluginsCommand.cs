using System.CommandLine;
using AltSendme.Abstractions;
using AltSendme.Cli.Rendering;
using AltSendme.Core;
using AltSendme.Core.Errors;
using AltSendme.Core.Plugins;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme plugins</c>: what there is, whether it is what it should be, and the user's own plugins.</summary>
internal static class PluginsCommand
{
    private static readonly Argument<string> Which = new("plugin") { Description = "A plugin's id, or the folder that it stands in." };

    private static readonly Argument<string[]> Some = new("plugin") { Description = "Ids of plugins, or folders; all that were found when there is none.", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<bool> Load = new("--load") { Description = "Load and start each plugin as well, which runs its code." };

    public static Command Create()
    {
        var list = new Command("list", "List the plugins that were found, and say why any is skipped. Runs none.") { CommonOptions.Json };
        list.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => Task.FromResult(List(result.GetValue(CommonOptions.Json)))));
        var info = new Command("info", "Say everything about one plugin: what it is, whose it is, who signed it. Runs none of its code.") { Which, CommonOptions.Json };
        info.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => InfoAsync(result)));
        var verify = new Command("verify", "Check that plugins are whole: their hashes, their signatures, their contract.") { Some, Load, CommonOptions.Json };
        verify.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped.", () => VerifyAsync(result, cancellationToken)));
        return new Command("plugins", "Look at the installed plugins, install and remove your own.") { list, info, verify, PluginInstallCommand.CreateInstall(), PluginInstallCommand.CreateRemove(), PluginInstallCommand.CreateSign() };
    }

    /// <summary>The plugins that a person means: by id, or by folder.</summary>
    /// <exception cref="PluginException"><c>plugin.not-installed</c>: there is none.</exception>
    private static PluginFolder Find(string text, IReadOnlyList<PluginFolder> found)
    {
        if (found.FirstOrDefault(folder => folder.Name == text) is { } named)
            return named;
        return Directory.Exists(text)
            ? found.FirstOrDefault(folder => folder.Path == Path.GetFullPath(text)) ?? PluginFolder.Read(Path.GetFullPath(text), PluginOrigin.User)
            : throw new PluginException(ErrorCodes.PluginNotInstalled, $"There is no plugin '{text}', and no folder of that name. 'altsendme plugins list' shows what there is.");
    }

    private static int List(bool json)
    {
        var folders = Found();
        if (json)
            PluginJson.Print(writer => PluginJson.List(writer, folders));
        else
            PluginText.Lines(folders).ForEach(Console.WriteLine);
        return ExitCodes.Done;
    }

    private static async Task<int> InfoAsync(ParseResult result)
    {
        await using var services = CommandRun.OpenServices(result);
        var findings = PluginFindings.Of(Find(result.GetValue(Which)!, Found()), services.Policy);
        if (result.GetValue(CommonOptions.Json))
            PluginJson.Print(writer => PluginJson.Info(writer, findings));
        else
            PluginText.Info(findings).ForEach(Console.WriteLine);
        return ExitCodes.Done;
    }

    private static async Task<int> VerifyAsync(ParseResult result, CancellationToken cancellationToken)
    {
        await using var services = CommandRun.OpenServices(result);
        var found = Found();
        var chosen = result.GetValue(Some) is { Length: > 0 } names ? names.Select(name => Find(name, found)) : found;
        var all = new List<PluginFindings>();
        foreach (var folder in chosen)
        {
            var findings = PluginFindings.Of(folder, services.Policy).WithFiles();
            all.Add(result.GetValue(Load) && findings.Fault is null && folder.Missing is null ? findings with { Fault = await StartAsync(services, folder, cancellationToken), Loads = true } : findings);
        }

        if (result.GetValue(CommonOptions.Json))
            PluginJson.Print(writer => PluginJson.Verified(writer, all));
        else
            PluginText.Verified(all).ForEach(Console.WriteLine);
        return all.TrueForAll(static findings => findings.Fault is null) ? ExitCodes.Done : ExitCodes.Plugin;
    }

    private static IReadOnlyList<PluginFolder> Found() => PluginSearch.Find(PluginSearch.DefaultRoots(AppContext.BaseDirectory));

    private static async Task<string?> StartAsync(CoreServices services, PluginFolder folder, CancellationToken cancellationToken)
    {
        await services.Plugins.RefreshAsync([folder], cancellationToken);
        var faults = services.Plugins.Faults.Count;
        await services.Plugins.StartAsync(folder.Manifest!.Kind, cancellationToken);
        return services.Plugins.Faults.Count > faults ? services.Plugins.Faults[^1].Message : null;
    }
}
