using System.Globalization;
using System.Text;

namespace AltSendme.Cli.Tests.Packaging;

/// <summary>Completions for bash 4 and later; they need nothing of the package bash-completion.</summary>
internal static class BashCompletion
{
    private const string End = """
            esac
            if [[ $current == -* ]]; then
                mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
            elif [[ -n $commands ]]; then
                mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
            elif [[ -n $kind ]]; then
                compopt -o filenames
                mapfile -t COMPREPLY < <(compgen "$kind" -- "$current")
            fi
        }
        complete -F _altsendme altsendme

        """;

    public static string Text(CommandNode program)
    {
        var text = new StringBuilder();
        text.AppendLine("# Completions of altsendme for bash, made from its commands.");
        text.AppendLine("_altsendme() {");
        text.AppendLine("    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' commands='' options='' kind='' word");
        text.AppendLine("    for word in \"${COMP_WORDS[@]:1:COMP_CWORD - 1}\"; do");
        text.AppendLine("        case \"$command $word\" in");
        text.AppendLine(CultureInfo.InvariantCulture, $"            {string.Join(" | ", program.All().Skip(1).Select(static node => node.Path.Contains(' ', StringComparison.Ordinal) ? $"'{node.Path}'" : $"' {node.Path}'"))})");
        text.AppendLine("                command=${command:+$command }$word ;;");
        text.AppendLine("        esac");
        text.AppendLine("    done");
        text.AppendLine("    case \"$command $previous\" in");
        foreach (var node in program.All())
        {
            foreach (var option in node.Options.Where(static option => option.ValueName is not null))
                text.AppendLine(CultureInfo.InvariantCulture, $"        {string.Join(" | ", option.Names.Select(name => $"'{node.Path} {name}'"))}) {Values(option)}");
        }

        text.AppendLine("    esac");
        text.AppendLine("    case \"$command\" in");
        foreach (var node in program.All())
            text.AppendLine(CultureInfo.InvariantCulture, $"        '{node.Path}') {string.Join("; ", Assignments(node))} ;;");
        return text.Append(End).Replace("\r\n", "\n").ToString();
    }

    private static string Values(OptionNode option)
    {
        if (option.Choices.Count > 0)
            return $"mapfile -t COMPREPLY < <(compgen -W '{string.Join(' ', option.Choices)}' -- \"$current\"); return ;;";
        return option.Kind == ValueKind.Text ? "return ;;" : $"compopt -o filenames; mapfile -t COMPREPLY < <(compgen {Kind(option.Kind)} -- \"$current\"); return ;;";
    }

    private static IEnumerable<string> Assignments(CommandNode node)
    {
        if (node.Children.Count > 0)
            yield return $"commands='{string.Join(' ', node.Children.Select(static child => child.Name))}'";
        yield return $"options='{string.Join(' ', node.Options.SelectMany(static option => option.Names))}'";
        if (node.Arguments.FirstOrDefault(static argument => argument.Kind != ValueKind.Text) is { } argument)
            yield return $"kind={Kind(argument.Kind)}";
    }

    private static string Kind(ValueKind kind) => kind == ValueKind.Folder ? "-d" : "-f";
}
