using System.CommandLine;
using AltSendme.Cli.Integrations;
using AltSendme.Cli.Rendering;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme integrate</c>: the entries in the menus of file managers.</summary>
internal static class IntegrateCommand
{
    private static readonly Argument<string[]> Names = new("file-manager") { Arity = ArgumentArity.ZeroOrMore, Description = $"Which ones: {string.Join(", ", IntegrationCatalog.All.Select(static integration => integration.Name))}. Without any, those that are on this machine." };

    private static readonly Option<bool> ForAll = new("--system") { Description = "For everybody on this machine; needs an administrator's rights." };

    private static readonly Option<string?> Root = new("--root") { Description = "For packagers: lay the files out below this folder, for a program in /usr/bin.", HelpName = "DIR" };

    private static readonly Option<bool?> AtLogin = new("--at-login") { Description = "On Windows: start the service at login, so that what was shared is there again (false: no longer).", HelpName = "true|false", Arity = ArgumentArity.ZeroOrOne };

    private delegate ValueTask<IntegrationStatus> Step(IShellIntegration integration, IntegrationTarget target, CancellationToken cancellationToken);

    public static Command Create()
    {
        Names.AcceptOnlyFromAmong([.. IntegrationCatalog.All.Select(static integration => integration.Name)]);
        var install = new Command("install", "Add the entries, or renew them.") { Names, ForAll, AtLogin, Root, CommonOptions.Json };
        SetAction(install, static status => status.IsPresent, static (integration, target, cancellationToken) => integration.InstallAsync(target, cancellationToken));
        var remove = new Command("remove", "Take away all that was added.") { Names, ForAll, Root, CommonOptions.Json };
        SetAction(remove, static status => status.Places.Count > 0, static (integration, target, cancellationToken) => integration.RemoveAsync(target, cancellationToken));
        var status = new Command("status", "Say what is installed.") { Names, ForAll, Root, CommonOptions.Json };
        SetAction(status, static _ => true, static (integration, target, cancellationToken) => integration.StatusAsync(target, cancellationToken));
        return new Command("integrate", "Put \"Send with AltSendme\" into the menus of file managers.") { install, remove, status };
    }

    private static void SetAction(Command command, Func<IntegrationStatus, bool> meant, Step step) =>
        command.SetAction((result, cancellationToken) => CommandRun.GuardAsync(result, TransferViews.Json(result), "Stopped.", () => RunAsync(result, meant, step, cancellationToken)));

    private static async Task<int> RunAsync(ParseResult result, Func<IntegrationStatus, bool> meant, Step step, CancellationToken cancellationToken)
    {
        var target = result.GetValue(Root) is { } root ? IntegrationTarget.Package(root) : IntegrationTarget.Default(result.GetValue(ForAll) ? IntegrationScope.System : IntegrationScope.User);
        if (result.GetResult(AtLogin) is { } atLogin)
            target = target with { StartsService = atLogin.GetValue(AtLogin) ?? true };
        var done = new List<IntegrationStatus>();
        IntegrationException? fault = null;
        foreach (var integration in await ChosenAsync(result.GetValue(Names) ?? [], target, meant, cancellationToken))
        {
            try
            {
                done.Add(await step(integration, target, cancellationToken));
            }
            catch (IntegrationException exception)
            {
                // One that can't be done keeps none of the others from it.
                fault ??= exception;
            }
        }

        if (result.GetValue(CommonOptions.Json))
            PluginJson.Print(writer => IntegrationJsonText.List(writer, target.Scope, done));
        else if (fault is null || done.Count > 0)
            Print(done);
        return fault is null ? ExitCodes.Done : throw fault;
    }

    private static async Task<IReadOnlyList<IShellIntegration>> ChosenAsync(string[] names, IntegrationTarget target, Func<IntegrationStatus, bool> meant, CancellationToken cancellationToken)
    {
        if (names.Length > 0)
            return [.. names.Distinct(StringComparer.Ordinal).Select(IntegrationCatalog.Named)];
        var chosen = new List<IShellIntegration>();
        foreach (var integration in IntegrationCatalog.All.Where(static candidate => candidate.IsForThisSystem))
        {
            if (target.IsForPackage || meant(await integration.StatusAsync(target, cancellationToken)))
                chosen.Add(integration);
        }

        return chosen;
    }

    private static void Print(List<IntegrationStatus> all)
    {
        foreach (var status in all)
        {
            Console.WriteLine($"{status.Name,-9} {IntegrationJsonText.StateText(status.State).Replace('-', ' '),-13} {status.Title}{(status.IsPresent ? "" : ", which is not on this machine")}");
            foreach (var place in status.Places)
                Console.WriteLine($"          {SafeText.Of(place)}");
            if (status.Note is { } note)
                Console.WriteLine($"          {SafeText.Of(note)}");
        }

        if (all.Count == 0)
            Console.WriteLine("Nothing to do: no file manager that AltSendme knows was found here, or nothing of it is installed. 'altsendme integrate --help' lists their names.");
    }
}
