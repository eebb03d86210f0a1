using System.Text;
using AltSendme.Cli.Integrations.Explorer;

namespace AltSendme.Cli.Tests.Integrations.Explorer;

/// <summary>A registry in memory: names in any case, keys above a written one are made, as the real one does.</summary>
internal sealed class MemoryHive : IRegistryHive
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _keys = new(StringComparer.OrdinalIgnoreCase);

    public bool HasKey(string key) => _keys.ContainsKey(key);

    public string? Read(string key, string name) => _keys.TryGetValue(key, out var values) && values.TryGetValue(name, out var text) ? text : null;

    public void Write(string key, string name, string text)
    {
        for (var end = key.IndexOf('\\'); end > 0; end = key.IndexOf('\\', end + 1))
            Key(key[..end]);
        Key(key)[name] = text;
    }

    public void RemoveValue(string key, string name)
    {
        if (_keys.TryGetValue(key, out var values))
            values.Remove(name);
    }

    public void RemoveTree(string key)
    {
        foreach (var found in _keys.Keys.Where(other => other.Equals(key, StringComparison.OrdinalIgnoreCase) || IsBelow(other, key)).ToArray())
            _keys.Remove(found);
    }

    public void RemoveIfEmpty(string key)
    {
        if (_keys.TryGetValue(key, out var values) && values.Count == 0 && !_keys.Keys.Any(other => IsBelow(other, key)))
            _keys.Remove(key);
    }

    /// <summary>All of it, as regedit writes it: keys without values are only places for others, unless nothing is below them.</summary>
    public string Export(string root)
    {
        var text = new StringBuilder();
        foreach (var (key, values) in _keys.Where(entry => entry.Value.Count > 0 || !_keys.Keys.Any(other => IsBelow(other, entry.Key))))
        {
            text.Append('[').Append(root).Append('\\').Append(key).Append("]\n");
            foreach (var (name, value) in values)
                text.Append(name.Length == 0 ? "@" : Quoted(name)).Append('=').Append(Quoted(value)).Append('\n');
            text.Append('\n');
        }

        return text.ToString();
    }

    private static bool IsBelow(string other, string key) => other.StartsWith(key + '\\', StringComparison.OrdinalIgnoreCase);

    private static string Quoted(string text) => '"' + text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    private SortedDictionary<string, string> Key(string key)
    {
        if (!_keys.TryGetValue(key, out var values))
            _keys[key] = values = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return values;
    }
}
