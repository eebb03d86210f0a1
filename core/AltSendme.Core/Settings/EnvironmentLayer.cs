using System.Collections;
using AltSendme.Core.Settings.Documents;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Settings;

/// <summary>Settings in environment variables: <c>ALTSENDME_Listen__Port=4433</c>. A list has a numbered variable for each item.</summary>
internal static class EnvironmentLayer
{
    /// <summary>Prefix of variables that set something.</summary>
    public const string Prefix = "ALTSENDME_";

    /// <summary>Prefix of the relay server's own variables.</summary>
    private const string RelayServerPrefix = "ALTSENDME_RELAY_";

    private const string Separator = "__";

    /// <summary>Reads variables; those that are named wrong or can't be used are added to <paramref name="faults"/>. Variables without two underscores between parts are no settings, unless they look like one.</summary>
    public static SettingLayer Read(IDictionary variables, List<string> faults)
    {
        var values = new List<(SettingKey, SettingValue)>();
        var free = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var lists = new Dictionary<SettingKey, List<(string Tail, string Value)>>();
        foreach (DictionaryEntry variable in variables)
        {
            var name = (string)variable.Key;
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || name.StartsWith(RelayServerPrefix, StringComparison.OrdinalIgnoreCase))
                continue;
            var path = name[Prefix.Length..].Replace(Separator, ":", StringComparison.Ordinal);
            var text = (string?)variable.Value ?? "";
            if (path.StartsWith(SettingKeys.FreeSection + ':', StringComparison.OrdinalIgnoreCase))
                free[path] = text;
            else if (SettingKeys.All.FirstOrDefault(key => Owns(key, path)) is not { } key)
                Complain(name, path, faults);
            else if (key.Type is SettingType.List or SettingType.Map or SettingType.Relays)
                (lists.TryGetValue(key, out var parts) ? parts : lists[key] = []).Add((path[key.Path.Length..].TrimStart(':'), text));
            else if (key.Canonical(text) is { } canonical)
                values.Add((key, SettingValue.Of(canonical)));
            else
                faults.Add($"the environment variable {name}: {key.Path} must be {key.Form}, not '{text}'");
        }

        foreach (var (key, parts) in lists)
        {
            var reader = new SchemaReader([key with { Path = "List" }], "the environment").Read(new ConfigNode(ConfigKind.Object) { Members = [KeyValuePair.Create("List", Tree(parts))] });
            faults.AddRange(reader.Faults.Select(fault => fault.Replace(": List", $": {key.Path}", StringComparison.Ordinal).Replace("key List", $"key {key.Path}", StringComparison.Ordinal)));
            values.AddRange(reader.Values.Select(value => (key, value.Value)));
        }

        return new SettingLayer("environment", values, free);
    }

    private static bool Owns(SettingKey key, string path) =>
        path.Equals(key.Path, StringComparison.OrdinalIgnoreCase) || (key.Type is SettingType.List or SettingType.Map or SettingType.Relays && path.StartsWith(key.Path + ':', StringComparison.OrdinalIgnoreCase));

    private static ConfigNode Tree(List<(string Tail, string Value)> parts)
    {
        var members = parts.GroupBy(static part => part.Tail.Split(':')[0], StringComparer.OrdinalIgnoreCase).Select(static group => KeyValuePair.Create(group.Key, Item([.. group])));
        return new ConfigNode(ConfigKind.Object) { IsLoose = true, Members = [.. members] };
    }

    private static ConfigNode Item((string Tail, string Value)[] parts) => parts is [var (tail, value)] && !tail.Contains(':', StringComparison.Ordinal)
        ? new ConfigNode(ConfigKind.Text, value) { IsLoose = true }
        : new ConfigNode(ConfigKind.Object) { IsLoose = true, Members = [.. parts.Select(static part => KeyValuePair.Create(part.Tail[(part.Tail.IndexOf(':', StringComparison.Ordinal) + 1)..], new ConfigNode(ConfigKind.Text, part.Value)))] };

    private static void Complain(string name, string path, List<string> faults)
    {
        if (path.Contains(':', StringComparison.Ordinal))
        {
            var near = Spelling.Nearest(path, SettingKeys.All.Select(static key => key.Path));
            faults.Add($"the environment variable {name}: there is no key {path}{(near is null ? "" : $"; did you mean {Name(near)}?")}");
        }
        else if (SettingKeys.All.FirstOrDefault(key => Letters(key.Path).Equals(Letters(path), StringComparison.OrdinalIgnoreCase)) is { } meant)
        {
            faults.Add($"the environment variable {name} sets nothing: two underscores stand between the parts of a key; did you mean {Name(meant.Path)}?");
        }
    }

    private static string Name(string path) => Prefix + path.Replace(":", Separator, StringComparison.Ordinal);

    private static string Letters(string path) => path.Replace("_", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);
}
