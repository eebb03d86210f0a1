using System.Globalization;
using System.Text;

namespace AltSendme.Cli.Tests.Packaging;

/// <summary>Completions for zsh.</summary>
internal static class ZshCompletion
{
    public static string Text(CommandNode program)
    {
        var text = new StringBuilder("#compdef altsendme\n# Completions of altsendme for zsh, made from its commands.\n");
        foreach (var node in program.All().Reverse())
            Write(text, node);
        // Autoloaded, the file is the function; sourced, it names it.
        return text.Append("if [[ $funcstack[1] == _altsendme ]]; then\n  _altsendme \"$@\"\nelse\n  compdef _altsendme altsendme\nfi\n").ToString();
    }

    private static void Write(StringBuilder text, CommandNode node)
    {
        text.Append(Function(node)).Append("() {\n");
        if (node.Children.Count > 0)
        {
            text.Append("  local context state state_descr line\n  local -A opt_args\n  local -a commands\n");
            Arguments(text, "_arguments -C", [.. node.Options.SelectMany(Specifications), "'1: :->command'", "'*:: :->rest'"]);
            text.Append("  case $state in\n    command)\n      commands=(\n");
            foreach (var child in node.Children)
                text.Append(CultureInfo.InvariantCulture, $"        {Quoted($"{child.Name}:{OptionNode.FirstSentence(child.Description)}")}\n");
            text.Append("      )\n      _describe -t commands command commands ;;\n    rest)\n      case $words[1] in\n");
            foreach (var child in node.Children)
                text.Append(CultureInfo.InvariantCulture, $"        {child.Name}) {Function(child)} ;;\n");
            text.Append("      esac ;;\n  esac\n");
        }
        else
        {
            Arguments(text, "_arguments", [.. node.Options.SelectMany(Specifications), .. node.Arguments.Select(Specification)]);
        }

        text.Append("}\n\n");
    }

    private static void Arguments(StringBuilder text, string start, IReadOnlyList<string> specifications) => text.Append(CultureInfo.InvariantCulture, $"  {start} \\\n    {string.Join(" \\\n    ", specifications)}\n");

    private static IEnumerable<string> Specifications(OptionNode option)
    {
        var value = option.ValueName is null ? "" : $":{Plain(option.ValueName)}:{(option.Choices.Count > 0 ? $"({string.Join(' ', option.Choices)})" : Action(option.Kind))}";
        var once = option.IsRepeated ? "*" : option.Names.Count > 1 ? $"({string.Join(' ', option.Names)})" : "";
        return option.Names.Select(name => Quoted($"{once}{name}[{Plain(option.Summary)}]{value}"));
    }

    private static string Specification(ArgumentNode argument) => Quoted($"{(argument.IsRepeated ? "*" : "")}:{Plain(argument.Name)}:{Action(argument.Kind)}");

    private static string Action(ValueKind kind) => kind switch { ValueKind.File => "_files", ValueKind.Folder => "_files -/", _ => "" };

    private static string Plain(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Function(CommandNode node) => "_altsendme" + (node.Path.Length == 0 ? "" : "_" + node.Path.Replace(' ', '_').Replace('-', '_'));
}
