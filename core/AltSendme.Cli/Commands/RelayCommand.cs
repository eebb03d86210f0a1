using System.CommandLine;
using AltSendme.Abstractions;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Errors;
using AltSendme.Core.Relays;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme relay test</c> and <c>altsendme relay serve</c>.</summary>
internal static class RelayCommand
{
    private static readonly Argument<string> Url = new("url") { Description = "The relay's URL, such as https://relay.example.org/." };

    private static readonly Option<string?> Token = new("--relay-token") { Description = "Token for the relay." };

    public static Command Create()
    {
        Url.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !RelayList.IsUrl(token.Value))
                result.AddError($"'{token.Value}' is not the URL of a relay.");
        });
        var test = new Command("test", "Try a relay: how far it is, whether it lets this machine in, and whether 1 MiB goes through it and comes back.") { Url, Token };
        test.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped.", () => TestAsync(result, cancellationToken)));
        var serve = new Command("serve", "Run a relay: the program altsendme-relay, which gets everything that follows. --dev listens on http://127.0.0.1:3340 without any configuration.") { TreatUnmatchedTokensAsErrors = false };
        serve.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped.", () => ServeAsync(result.UnmatchedTokens, cancellationToken)));
        return new Command("relay", "Try a relay, or run one.") { test, serve };
    }

    private static async Task<int> TestAsync(ParseResult result, CancellationToken cancellationToken)
    {
        await using var services = CommandRun.OpenServices(result);
        var works = true;
        await foreach (var step in RelayCheck.RunAsync(services, new Uri(result.GetValue(Url)!), result.GetValue(Token), cancellationToken))
        {
            works &= step.Works;
            Console.WriteLine($"{(step.IsNote ? "note " : step.Works ? "ok   " : "FAULT")} {SafeText.Of(step.Text)}");
        }

        Console.WriteLine(works ? "The relay works." : "The relay can't be used from here.");
        return works ? ExitCodes.Done : ExitCodes.Plugin;
    }

    private static async Task<int> ServeAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // A package of its own, laid beside this one.
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "altsendme-relay", OperatingSystem.IsWindows() ? "altsendme-relay.exe" : "altsendme-relay"));
        if (!File.Exists(program))
            throw new PluginException(ErrorCodes.PluginUnusable, $"The relay server is not installed: {program} does not exist. It belongs to the package altsendme-relay (docs/relay.md).");

        return await ChildProgram.RunAsync(program, arguments, cancellationToken);
    }
}
