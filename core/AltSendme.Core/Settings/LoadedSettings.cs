using AltSendme.Core.Policy;
using AltSendme.Core.Settings.Schema;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Core.Settings;

/// <summary>All settings once every layer and policy have been heard, each with who set it.</summary>
internal sealed class LoadedSettings
{
    private const string BuiltIn = "built-in";

    private LoadedSettings(IReadOnlyList<EffectiveSetting> all, IReadOnlyDictionary<string, (string Text, string Source)> free)
    {
        All = all;
        Free = free;
    }

    /// <summary>Every key, in the order of the documents.</summary>
    public IReadOnlyList<EffectiveSetting> All { get; }

    /// <summary>Plugins' own settings by path.</summary>
    public IReadOnlyDictionary<string, (string Text, string Source)> Free { get; }

    /// <summary>Lays layers over each other, the strongest last, and policy over all.</summary>
    public static LoadedSettings Of(IEnumerable<SettingLayer> layers, EffectivePolicy policy)
    {
        var values = new Dictionary<SettingKey, (SettingValue Value, string Source)>();
        var free = new SortedDictionary<string, (string, string)>(StringComparer.OrdinalIgnoreCase);
        foreach (var layer in layers)
        {
            foreach (var (key, value) in layer.Values)
                values[key] = (value, layer.Source);
            foreach (var (path, text) in layer.Free)
                free[path] = (text, layer.Source);
        }

        return new LoadedSettings([.. SettingKeys.All.Select(key => Effective(key, values, policy))], free);
    }

    /// <summary>As the binder and plugins read them.</summary>
    public IConfigurationRoot ToConfiguration()
    {
        var flat = Free.ToDictionary(static pair => pair.Key, static pair => (string?)pair.Value.Text, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in All)
        {
            var path = setting.Key.Path;
            if (setting.Value.Scalar is { } scalar)
            {
                flat[path] = scalar;
                continue;
            }

            for (var i = 0; i < setting.Value.Entries.Count; i++)
            {
                var (name, text) = setting.Value.Entries[i];
                if (setting.Key.Type == SettingType.Relays)
                {
                    flat[$"{path}:{i}:Url"] = name;
                    flat[$"{path}:{i}:Token"] = text.Length > 0 ? text : null;
                }
                else if (setting.Key.Type == SettingType.Map)
                {
                    flat[$"{path}:{name}"] = text;
                }
                else
                {
                    flat[$"{path}:{i}"] = name;
                }
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(flat).Build();
    }

    private static EffectiveSetting Effective(SettingKey key, Dictionary<SettingKey, (SettingValue Value, string Source)> values, EffectivePolicy policy)
    {
        if (policy.Entries.FirstOrDefault(entry => entry.Key.Locks == key) is { } locked)
            return new EffectiveSetting(key, locked.Value, locked.Source, IsLocked: true);
        return values.TryGetValue(key, out var set) ? new EffectiveSetting(key, set.Value, set.Source, IsLocked: false) : new EffectiveSetting(key, SettingValue.DefaultOf(key), BuiltIn, IsLocked: false);
    }
}
