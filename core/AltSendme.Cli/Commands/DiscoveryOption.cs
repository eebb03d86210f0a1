using System.CommandLine;

namespace AltSendme.Cli.Commands;

/// <summary><c>--discovery</c>: whether this run uses discovery services, whatever the settings say.</summary>
internal static class DiscoveryOption
{
    public static readonly Option<string?> Discovery = new Option<string?>("--discovery") { Description = "Whether discovery services may be used: on or off.", HelpName = "on|off" }.Among("on", "off");
}
