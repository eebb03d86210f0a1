using System.CommandLine;
using AltSendme.Core.Settings;

namespace AltSendme.Cli.Commands;

/// <summary><c>--discovery</c>: whether this run uses discovery services, whatever the settings say.</summary>
internal static class DiscoveryOption
{
    public static readonly Option<string?> Discovery = new Option<string?>("--discovery") { Description = "Whether discovery services may be used: on or off.", HelpName = "on|off" }.Among("on", "off");

    /// <summary>Puts what was given on the command line in the place of the settings.</summary>
    public static void Apply(ParseResult result, AltSendmeSettings settings)
    {
        if (result.GetResult(Discovery) is { Implicit: false } && result.GetValue(Discovery) is { } mode)
            settings.Discovery.Mode = Enum.Parse<DiscoveryMode>(mode, ignoreCase: true);
    }
}
