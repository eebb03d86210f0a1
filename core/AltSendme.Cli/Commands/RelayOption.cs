using System.CommandLine;
using System.CommandLine.Parsing;
using AltSendme.Core.Relays;
using AltSendme.Core.Settings;

namespace AltSendme.Cli.Commands;

/// <summary><c>--relay</c> and <c>--relay-token</c>: which relays this run uses, whatever the settings say.</summary>
internal static class RelayOption
{
    public static readonly Option<string[]> Relay = new("--relay") { Description = "Which relays to use: default, disabled, or the URL of one; may be given several times.", HelpName = "default|disabled|URL", Arity = ArgumentArity.OneOrMore };

    public static readonly Option<string?> Token = new("--relay-token") { Description = "Token for the relays that --relay names. Visible to other users of this machine while the program runs; the settings hold it better." };

    static RelayOption()
    {
        Relay.Validators.Add(Check);
        Token.Validators.Add(static result =>
        {
            if (!result.Implicit && (result.GetValue(Relay) is not [var first, ..] || IsWord(first)))
                result.AddError("--relay-token belongs to the URL of a relay: name it with --relay.");
        });
    }

    /// <summary>Puts what was given on the command line in the place of the settings.</summary>
    public static void Apply(ParseResult result, AltSendmeSettings settings)
    {
        if (result.GetResult(Relay) is not { Implicit: false } || result.GetValue(Relay) is not { Length: > 0 } relays)
            return;
        settings.Relays = new RelaySettings { Mode = IsWord(relays[0]) ? Enum.Parse<RelayMode>(relays[0], ignoreCase: true) : RelayMode.Custom };
        if (settings.Relays.Mode != RelayMode.Custom)
            return;
        foreach (var relay in relays)
            settings.Relays.Custom.Add(new RelayEntry { Url = relay, Token = result.GetValue(Token) });
    }

    private static void Check(OptionResult result)
    {
        var values = result.Tokens.Select(static token => token.Value).ToArray();
        if (values.FirstOrDefault(static value => !IsWord(value) && !RelayList.IsUrl(value)) is { } wrong)
            result.AddError($"--relay is default, disabled or the URL of a relay, not '{wrong}'.");
        else if (values.Length > 1 && values.Any(IsWord))
            result.AddError("--relay default and --relay disabled stand alone.");
    }

    private static bool IsWord(string text) => text.Equals("default", StringComparison.OrdinalIgnoreCase) || text.Equals("disabled", StringComparison.OrdinalIgnoreCase);
}
