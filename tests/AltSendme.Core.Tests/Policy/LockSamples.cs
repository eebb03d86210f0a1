using AltSendme.Core.Policy;
using AltSendme.Core.Settings;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Tests.Policy;

/// <summary>Two values of every setting: the one that policy wants, and the one that a user wants.</summary>
internal static class LockSamples
{
    public static (SettingValue Locked, SettingValue Other) Of(SettingKey key) => key.Type switch
    {
        SettingType.Flag => (SettingValue.Of(key.Default == "true" ? "false" : "true"), SettingValue.Of(key.Default)),
        SettingType.Number => (SettingValue.Of("4433"), SettingValue.Of("17")),
        SettingType.Choice => (SettingValue.Of(key.Choices[^1]), SettingValue.Of(key.Choices[0])),
        SettingType.Duration => (SettingValue.Of(key.Canonical("02:00:00") is { } hours ? hours : key.Canonical("00:00:30")!), SettingValue.Of(SettingKey.Duration(key.Maximum))),
        SettingType.List => (SettingValue.OfList([key.IsItem is null ? "tls" : "127.0.0.1"]), SettingValue.OfList(key.IsItem is null ? ["iroh", "evil"] : ["::1", "127.0.0.2"])),
        SettingType.Map => (SettingValue.OfEntries([KeyValuePair.Create("mdns", "false")]), SettingValue.OfEntries([KeyValuePair.Create("mdns", "true")])),
        SettingType.Text => (SettingValue.Of(""), SettingValue.Of(key == SettingKeys.ReceiveFolder ? Path.GetTempPath() : "https://count.example/")),
        _ => throw new InvalidOperationException($"{key.Path} has no samples."),
    };

    extension(LoadedSettings)
    {
        /// <summary>What holds when each of several layers sets one key to one value.</summary>
        public static LoadedSettings Of(string[] layers, SettingKey key, SettingValue value, EffectivePolicy policy) => LoadedSettings.Of(layers.Select(layer => new SettingLayer(layer, [(key, value)])), policy);
    }
}
