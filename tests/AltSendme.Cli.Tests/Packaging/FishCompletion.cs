using System.Globalization;
using System.Text;

namespace AltSendme.Cli.Tests.Packaging;

/// <summary>Completions for fish.</summary>
internal static class FishCompletion
{
    public static string Text(CommandNode program)
    {
        var text = new StringBuilder("# Completions of altsendme for fish, made from its commands.\n");
        text.Append("function __altsendme_at -d 'Whether the command line has come to this command'\n    set -l command\n    for word in (commandline -opc)[2..]\n        switch \"$command $word\"\n");
        text.Append(CultureInfo.InvariantCulture, $"            case {string.Join(' ', program.All().Skip(1).Select(static node => node.Path.Contains(' ', StringComparison.Ordinal) ? $"'{node.Path}'" : $"' {node.Path}'"))}\n");
        text.Append("                set command (string trim \"$command $word\")\n        end\n    end\n    test \"$command\" = \"$argv\"\nend\n\ncomplete -c altsendme -f\n");
        foreach (var node in program.All())
            Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, CommandNode node)
    {
        var start = $"complete -c altsendme -n '__altsendme_at{(node.Path.Length == 0 ? "" : " " + node.Path)}'";
        foreach (var child in node.Children)
            text.Append(CultureInfo.InvariantCulture, $"{start} -a {child.Name} -d {Quoted(OptionNode.FirstSentence(child.Description))}\n");
        if (node.Arguments.Any(static argument => argument.Kind == ValueKind.File))
            text.Append(CultureInfo.InvariantCulture, $"{start} -F\n");
        else if (node.Arguments.Any(static argument => argument.Kind == ValueKind.Folder))
            text.Append(CultureInfo.InvariantCulture, $"{start} -a '(__fish_complete_directories)'\n");
        foreach (var option in node.Options)
            text.Append(CultureInfo.InvariantCulture, $"{start} {string.Join(' ', option.Names.Select(Flag))}{Value(option)} -d {Quoted(option.Summary)}\n");
    }

    private static string Flag(string name) => name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}";

    private static string Value(OptionNode option)
    {
        if (option.ValueName is null)
            return "";
        if (option.Choices.Count > 0)
            return $" -x -a '{string.Join(' ', option.Choices)}'";
        return option.Kind switch { ValueKind.File => " -r -F", ValueKind.Folder => " -x -a '(__fish_complete_directories)'", _ => " -x" };
    }

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
