using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Settings;

/// <summary>The value of a setting that holds, and who set it.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Value">Its value.</param>
/// <param name="Source">Where the value comes from; <c>built-in</c> when nobody set it.</param>
/// <param name="IsLocked">Whether policy locks it.</param>
internal sealed record EffectiveSetting(SettingKey Key, SettingValue Value, string Source, bool IsLocked);
