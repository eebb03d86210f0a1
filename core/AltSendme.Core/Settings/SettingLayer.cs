using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Settings;

/// <summary>What one place sets: a file, the environment, the command line. Later layers win, key by key.</summary>
/// <param name="Source">Where it comes from, for people.</param>
/// <param name="Values">The values of keys.</param>
/// <param name="Free">Paths and texts of plugins' own settings.</param>
internal sealed record SettingLayer(string Source, IReadOnlyList<(SettingKey Key, SettingValue Value)> Values, IReadOnlyDictionary<string, string> Free)
{
    /// <summary>The same for values only.</summary>
    public SettingLayer(string source, IReadOnlyList<(SettingKey Key, SettingValue Value)> values)
        : this(source, values, new Dictionary<string, string>())
    {
    }
}
