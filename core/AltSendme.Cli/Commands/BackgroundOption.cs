using System.CommandLine;
using System.CommandLine.Parsing;

namespace AltSendme.Cli.Commands;

/// <summary><c>--background</c>: the service does it, and the command returns.</summary>
internal static class BackgroundOption
{
    public static readonly Option<bool> Background = new("--background") { Description = "Let the background service do it, and return at once; it is started when it does not run." };

    /// <summary>What belongs to one run alone can't be handed over: the service goes by the settings.</summary>
    public static void Check(CommandResult result, Argument<string[]> inputs)
    {
        if (!result.GetValue(Background))
            return;
        if (result.GetResult(RelayOption.Relay) is OptionResult { Implicit: false } || result.GetResult(DiscoveryOption.Discovery) is OptionResult { Implicit: false })
            result.AddError("--background goes by the settings: set Relays:Mode or Discovery:Mode there, in place of --relay or --discovery.");
        if (result.GetValue(inputs) is { } values && values.Contains("-"))
            result.AddError("--background can't read standard input.");
    }
}
