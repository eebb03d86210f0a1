namespace AltSendme.Core.Settings.Schema;

/// <summary>A value that fits its key: a text, or the entries of a list, map or list of relays. Equal when all of it is.</summary>
internal sealed class SettingValue : IEquatable<SettingValue>
{
    private SettingValue(string? scalar, IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        Scalar = scalar;
        Entries = entries;
    }

    /// <summary>The text of a single value; <see langword="null"/> for the other kinds.</summary>
    public string? Scalar { get; }

    /// <summary>The items of a list with empty texts; the names of a map with theirs; relays with their tokens, empty without one.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Entries { get; }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<string> Items => [.. Entries.Select(static entry => entry.Key)];

    public static SettingValue Of(string scalar) => new(scalar, []);

    public static SettingValue OfList(IEnumerable<string> items) => new(null, [.. items.Select(static item => KeyValuePair.Create(item, ""))]);

    public static SettingValue OfEntries(IEnumerable<KeyValuePair<string, string>> entries) => new(null, [.. entries]);

    /// <summary>The default of a key.</summary>
    public static SettingValue DefaultOf(SettingKey key) => key.Type is SettingType.List or SettingType.Map or SettingType.Relays ? OfList([]) : Of(key.Default);

    /// <summary>For people; tokens of relays are not shown.</summary>
    public string Text(SettingKey key) => Scalar ?? string.Join(", ", Entries.Select(entry => entry.Value.Length == 0 ? entry.Key : key.Type == SettingType.Relays ? $"{entry.Key} (with a token)" : $"{entry.Key} = {entry.Value}"));

    public bool Equals(SettingValue? other) => other is not null && Scalar == other.Scalar && Entries.SequenceEqual(other.Entries);

    public override bool Equals(object? obj) => Equals(obj as SettingValue);

    public override int GetHashCode() => HashCode.Combine(Scalar, Entries.Count);
}
