using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Policy;

/// <summary>A value that policy sets. A key whose lists add up has one entry for each source.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Source">The file, registry key or property list that it comes from.</param>
internal sealed record PolicyEntry(PolicyKey Key, SettingValue Value, string Source);
