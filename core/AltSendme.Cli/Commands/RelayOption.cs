using System.CommandLine;
using System.CommandLine.Parsing;
using AltSendme.Core.Relays;
using AltSendme.Core.Settings.Schema;

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

    /// <summary>What was given on the command line, in the place of the settings.</summary>
    public static IEnumerable<(SettingKey Key, SettingValue Value)> Settings(ParseResult result)
    {
        if (result.GetResult(Relay) is not { Implicit: false } || result.GetValue(Relay) is not { Length: > 0 } relays)
            yield break;
        var isWord = IsWord(relays[0]);
        yield return (SettingKeys.RelaysMode, SettingValue.Of(isWord ? relays[0].ToLowerInvariant() : "custom"));
        yield return (SettingKeys.RelaysCustom, SettingValue.OfEntries(isWord ? [] : relays.Select(relay => KeyValuePair.Create(relay, result.GetValue(Token) ?? ""))));
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
