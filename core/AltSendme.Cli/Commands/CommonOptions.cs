using System.CommandLine;

namespace AltSendme.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Say more: log what happens, and show where an error came from.", Recursive = true };

    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object a line instead of text (docs/cli.md)." };

    public static readonly Option<bool> NoProgress = new("--no-progress") { Description = "Print lines only, nothing that moves." };
}
