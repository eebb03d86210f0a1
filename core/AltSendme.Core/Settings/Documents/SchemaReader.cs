using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Settings.Documents;

/// <summary>Compares a document with the keys that there are, and takes out their values. Every fault names the source, the place and the key; all are found at once.</summary>
internal sealed class SchemaReader(IReadOnlyList<SettingKey> keys, string source)
{
    private const int MaxItems = 1024;
    private readonly List<string> _faults = [];
    private readonly List<(SettingKey Key, SettingValue Value)> _values = [];
    private readonly Dictionary<string, string> _free = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What can't be used, without an end of sentence.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>What is there and can be used.</summary>
    public IReadOnlyList<(SettingKey Key, SettingValue Value)> Values => _values;

    /// <summary>Paths and texts of the section that belongs to plugins.</summary>
    public IReadOnlyDictionary<string, string> Free => _free;

    /// <summary>Section whose content is anybody's; none by default.</summary>
    public string? FreeSection { get; init; }

    /// <summary>Reads a document.</summary>
    public SchemaReader Read(ConfigNode root)
    {
        Section("", root);
        return this;
    }

    private void Section(string prefix, ConfigNode node)
    {
        foreach (var (name, value) in node.Members)
        {
            var path = prefix + name;
            if (prefix.Length == 0 && name == "$schema")
                continue;
            if (prefix.Length == 0 && FreeSection is not null && name.Equals(FreeSection, StringComparison.OrdinalIgnoreCase))
                Flatten(FreeSection, value);
            else if (keys.FirstOrDefault(key => key.Path.Equals(path, StringComparison.OrdinalIgnoreCase)) is { } key)
                Take(key, value);
            else if (keys.FirstOrDefault(key => key.Path.StartsWith(path + ':', StringComparison.OrdinalIgnoreCase)) is null)
                _faults.Add($"{source}{value.Where}: there is no key {path}{Suggestion(path)}");
            else if (value.Kind == ConfigKind.Object)
                Section(path + ':', value);
            else
                _faults.Add($"{source}{value.Where}: {path} is a section, so it must be an object");
        }
    }

    private string Suggestion(string path)
    {
        var known = keys.Select(static key => key.Path).Concat(keys.Select(static key => key.Parts[0])).Distinct();
        return Spelling.Nearest(path, known) is { } near ? $"; did you mean {near}?" : "";
    }

    private void Take(SettingKey key, ConfigNode node)
    {
        var value = key.Type switch
        {
            SettingType.List => List(key, node),
            SettingType.Map => Map(key, node),
            SettingType.Relays => Relays(key, node),
            _ => Single(key, node) is { } text ? SettingValue.Of(text) : null,
        };
        if (value is not null)
            _values.Add((key, value));
    }

    private string? Single(SettingKey key, ConfigNode node)
    {
        var fits = node.IsLoose ? node.Kind is ConfigKind.Text or ConfigKind.Number or ConfigKind.Flag : node.Kind == KindOf(key.Type);
        var text = node.IsLoose && key.Type == SettingType.Flag && node.Text is "0" or "1" ? node.Text == "1" ? "true" : "false" : node.Text;
        if (fits && key.Canonical(text) is { } canonical)
            return canonical;
        return Refuse(key, node);
    }

    private SettingValue? List(SettingKey key, ConfigNode node)
    {
        if (ItemsOf(node) is not { } items || items.Count > MaxItems)
            return Refuse<SettingValue>(key, node);
        var texts = new List<string>();
        foreach (var item in items)
        {
            if (item.Kind != ConfigKind.Text || key.CanonicalItem(item.Text) is not { } text)
                return Refuse<SettingValue>(key, item);
            texts.Add(text);
        }

        return SettingValue.OfList(texts);
    }

    private SettingValue? Map(SettingKey key, ConfigNode node)
    {
        if (node.Kind != ConfigKind.Object || node.Members.Count > MaxItems)
            return Refuse<SettingValue>(key, node);
        foreach (var (name, value) in node.Members)
        {
            if (value.Kind is not (ConfigKind.Text or ConfigKind.Flag) || key.CanonicalItem(name) is null || key.IsMapText?.Invoke(value.Text) == false)
                return Refuse<SettingValue>(key, value, name);
        }

        return SettingValue.OfEntries(node.Members.Select(static member => KeyValuePair.Create(member.Key, member.Value.Text)));
    }

    private SettingValue? Relays(SettingKey key, ConfigNode node)
    {
        if (ItemsOf(node) is not { } items || items.Count > MaxItems)
            return Refuse<SettingValue>(key, node);
        var relays = new List<KeyValuePair<string, string>>();
        foreach (var item in items)
        {
            if (item.Kind != ConfigKind.Object)
                return Refuse<SettingValue>(key, item);
            foreach (var (name, value) in item.Members)
            {
                var isKnown = name.Equals("Url", StringComparison.OrdinalIgnoreCase) || name.Equals("Token", StringComparison.OrdinalIgnoreCase);
                if (isKnown && value.Kind == ConfigKind.Text)
                    continue;
                _faults.Add(isKnown ? $"{source}{value.Where}: {key.Path}: {name} must be a text" : $"{source}{value.Where}: there is no key {key.Path}:{name}; a relay has Url and perhaps Token");
                return null;
            }

            var url = item.Find("Url")?.Text ?? "";
            if (key.CanonicalItem(url) is null)
            {
                _faults.Add($"{source}{item.Where}: {key.Path} holds '{Short(url)}', which is not an http or https URL");
                return null;
            }

            relays.Add(KeyValuePair.Create(url, item.Find("Token")?.Text ?? ""));
        }

        return SettingValue.OfEntries(relays);
    }

    // The registry and environment variables have numbered values for lists.
    private static IReadOnlyList<ConfigNode>? ItemsOf(ConfigNode node)
    {
        if (node.Kind == ConfigKind.List)
            return node.Items;
        if (!node.IsLoose || node.Kind != ConfigKind.Object)
            return null;
        var numbered = node.Members.Select(static member => (IsNumber: uint.TryParse(member.Key, out var number), number, member.Value)).ToArray();
        return numbered.All(static item => item.IsNumber) ? [.. numbered.OrderBy(static item => item.number).Select(static item => item.Value)] : null;
    }

    private void Flatten(string path, ConfigNode node)
    {
        switch (node.Kind)
        {
            case ConfigKind.Object:
                foreach (var (name, value) in node.Members)
                    Flatten($"{path}:{name}", value);
                break;
            case ConfigKind.List:
                for (var i = 0; i < node.Items.Count; i++)
                    Flatten($"{path}:{i}", node.Items[i]);
                break;
            case ConfigKind.Null:
                break;
            default:
                if (path == FreeSection)
                    _faults.Add($"{source}{node.Where}: {path} is a section, so it must be an object");
                else
                    _free[path] = node.Text;
                break;
        }
    }

    private string? Refuse(SettingKey key, ConfigNode node) => Refuse<string>(key, node);

    private T? Refuse<T>(SettingKey key, ConfigNode node, string? name = null)
        where T : class
    {
        var shown = node.Kind switch
        {
            ConfigKind.Object => "an object",
            ConfigKind.List => "a list",
            ConfigKind.Null => "null",
            ConfigKind.Text => $"'{Short(node.Text)}'",
            _ => Short(node.Text),
        };
        _faults.Add($"{source}{node.Where}: {key.Path} must be {key.Form}, not {(name is null ? "" : $"'{Short(name)}' with ")}{shown}");
        return null;
    }

    private static string Short(string text) => text.Length <= 100 ? text : text[..100] + "…";

    private static ConfigKind KindOf(SettingType type) => type switch
    {
        SettingType.Flag => ConfigKind.Flag,
        SettingType.Number => ConfigKind.Number,
        _ => ConfigKind.Text,
    };
}
