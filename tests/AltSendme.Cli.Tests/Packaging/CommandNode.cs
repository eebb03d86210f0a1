using System.CommandLine;

namespace AltSendme.Cli.Tests.Packaging;

/// <summary>What may stand in the place of a value.</summary>
internal enum ValueKind
{
    Text,
    File,
    Folder,
}

/// <summary>A command as shells and the manual page see it.</summary>
/// <param name="Path">Its words, without the program's: <c>shares list</c>; empty for the program itself.</param>
/// <param name="Description">What it does, in sentences.</param>
internal sealed record CommandNode(string Path, string Description, IReadOnlyList<CommandNode> Children, IReadOnlyList<OptionNode> Options, IReadOnlyList<ArgumentNode> Arguments)
{
    public string Name => Path.Split(' ')[^1];

    public static CommandNode Program { get; } = Of(CommandLine.CreateTree(), "", []);

    /// <summary>This one, and all below it in the order of the help.</summary>
    public IEnumerable<CommandNode> All() => Children.SelectMany(static child => child.All()).Prepend(this);

    private static CommandNode Of(Command command, string path, IReadOnlyList<OptionNode> inherited)
    {
        var own = command.Options.Where(static option => !option.Hidden).Select(OptionNode.Of).ToArray();
        var recursive = command.Options.Where(static option => option is { Recursive: true, Hidden: false }).Select(OptionNode.Of).Concat(inherited).ToArray();
        var children = command.Subcommands.Where(static child => !child.Hidden).Select(child => Of(child, path.Length == 0 ? child.Name : $"{path} {child.Name}", recursive)).ToArray();
        return new CommandNode(path, command.Description ?? "", children, [.. own, .. inherited], [.. command.Arguments.Where(static argument => !argument.Hidden).Select(ArgumentNode.Of)]);
    }
}

/// <summary>An option of a command.</summary>
/// <param name="Names">The long one first.</param>
/// <param name="ValueName">How its value is named; <see langword="null"/> when it takes none.</param>
/// <param name="Choices">The words that it takes.</param>
internal sealed record OptionNode(IReadOnlyList<string> Names, string Description, string? ValueName, IReadOnlyList<string> Choices, ValueKind Kind, bool IsRepeated)
{
    public string Name => Names[0];

    /// <summary>What is left of the description for one line in a shell.</summary>
    public string Summary => FirstSentence(Description);

    public static OptionNode Of(Option option)
    {
        var names = option.Aliases.Append(option.Name).Where(static name => name.StartsWith('-') && name != "-?").OrderByDescending(static name => name.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var takesValue = option.ValueType != typeof(bool) && option.ValueType != typeof(void) && option.Arity.MaximumNumberOfValues > 0;
        var valueName = takesValue ? option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant() : null;
        // "auto|id|URL": words to be typed are in lower case, places of values in upper case.
        var choices = valueName?.Contains('|', StringComparison.Ordinal) == true ? valueName.Split('|').Where(static word => word.All(char.IsAsciiLetterLower)).ToArray() : [];
        return new OptionNode(names, option.Description ?? "", valueName, choices, KindOf(option), option.Arity.MaximumNumberOfValues > 1);
    }

    public static string FirstSentence(string text)
    {
        var end = text.IndexOfAny([';', '('], 0) is var cut and > 0 ? cut : text.Length;
        end = text.IndexOf(". ", StringComparison.Ordinal) is var stop and > 0 ? Math.Min(stop, end) : end;
        return text[..end].TrimEnd(' ', '.');
    }

    private static ValueKind KindOf(Option option) => option.Name switch
    {
        "--key" => ValueKind.File,
        _ => option.HelpName switch { "DIR" => ValueKind.Folder, "FILE" => ValueKind.File, _ => ValueKind.Text },
    };
}

/// <summary>An argument of a command.</summary>
internal sealed record ArgumentNode(string Name, string Description, bool IsRequired, bool IsRepeated, ValueKind Kind)
{
    public string Summary => OptionNode.FirstSentence(Description);

    /// <summary>As a line of usage has it: <c>[PATH...]</c>.</summary>
    public string Usage => (IsRequired, IsRepeated) switch
    {
        (true, false) => Name.ToUpperInvariant(),
        (true, true) => Name.ToUpperInvariant() + "...",
        (false, false) => $"[{Name.ToUpperInvariant()}]",
        _ => $"[{Name.ToUpperInvariant()}...]",
    };

    public static ArgumentNode Of(Argument argument) => new(argument.Name, argument.Description ?? "", argument.Arity.MinimumNumberOfValues > 0, argument.Arity.MaximumNumberOfValues > 1, argument.Name switch
    {
        "path" or "file" or "source" or "ticket" => ValueKind.File,
        "folder" => ValueKind.Folder,
        _ => ValueKind.Text,
    });
}
