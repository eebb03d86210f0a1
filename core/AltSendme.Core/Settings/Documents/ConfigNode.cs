using System.Globalization;

namespace AltSendme.Core.Settings.Documents;

/// <summary>A value of a settings or policy document, and where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A single value as text.</param>
internal sealed record ConfigNode(ConfigKind Kind, string Text = "")
{
    /// <summary>The members of an object, in order. No name occurs twice, upper or lower case.</summary>
    public IReadOnlyList<KeyValuePair<string, ConfigNode>> Members { get; init; } = [];

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<ConfigNode> Items { get; init; } = [];

    /// <summary>Line and column, from 1; 0 where the source has none.</summary>
    public (int Line, int Column) Position { get; init; }

    /// <summary>The bytes of a JSON document that it takes.</summary>
    public Range Bytes { get; init; }

    /// <summary>Whether single values may be written as texts, flags as 0 and 1, and lists as objects whose names are numbers: what environment variables and the registry can say.</summary>
    public bool IsLoose { get; init; }

    /// <summary>The member of a name, in upper or lower case.</summary>
    public ConfigNode? Find(string name) => Members.FirstOrDefault(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Where it stands, to follow a source's name: <c>, line 3, column 5</c>, or nothing.</summary>
    public string Where => Position.Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", line {Position.Line}, column {Position.Column}");
}
