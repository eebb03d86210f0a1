using System.Text;

namespace AltSendme.Core.Receiving;

/// <summary>
/// Gives every name of a collection a path of its own: sanitised, and where two would meet (equal, equal but for case or normal form on a file system that does not tell them apart,
/// or a file where another name needs a folder) the later one becomes <c>name (2).ext</c>.
/// </summary>
public sealed class TargetNames(NameRules rules)
{
    private readonly Folder _root = new("");

    /// <summary>The next name's path, relative, with <c>/</c> between its parts.</summary>
    public string Add(string name)
    {
        var parts = NameSanitizer.Split(name, rules);
        var folder = _root;
        for (var i = 0; i < parts.Count - 1; i++)
            folder = Enter(folder, parts[i]);

        var file = Free(folder, parts[^1]);
        folder.Entries.Add(Fold(file), null);
        return folder.PathOf(file);
    }

    private Folder Enter(Folder parent, string part)
    {
        // A folder that had to be renamed keeps its new name for everything inside it.
        if (parent.Aliases.TryGetValue(part, out var alias))
            return alias;
        if (parent.Entries.TryGetValue(Fold(part), out var entry) && entry is not null)
            return entry;

        var name = Free(parent, part);
        var folder = new Folder(parent.PathOf(name));
        parent.Entries.Add(Fold(name), folder);
        parent.Aliases.Add(part, folder);
        return folder;
    }

    private string Free(Folder folder, string part)
    {
        var name = part;
        var from = folder.NextNumber.GetValueOrDefault(Fold(part), 2);
        var number = from;
        while (folder.Entries.ContainsKey(Fold(name)))
            name = ConflictNaming.Numbered(part, number++);

        // Remembered, so that a million equal names cost a million steps and not their square.
        if (number != from)
            folder.NextNumber[Fold(part)] = number;
        return name;
    }

    private string Fold(string name)
    {
        if (Ascii.IsValid(name))
            return rules.CaseSensitive ? name : name.ToUpperInvariant();
        var normal = name.Normalize(NormalizationForm.FormC);
        return rules.CaseSensitive ? (OperatingSystem.IsMacOS() ? normal : name) : normal.ToUpperInvariant();
    }

    private sealed class Folder(string path)
    {
        public string PathOf(string name) => path.Length == 0 ? name : $"{path}/{name}";

        /// <summary>Folded name to folder; <see langword="null"/> for a file.</summary>
        public Dictionary<string, Folder?> Entries { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Folder> Aliases { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, int> NextNumber { get; } = new(StringComparer.Ordinal);
    }
}
