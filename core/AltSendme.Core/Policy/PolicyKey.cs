using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Policy;

/// <summary>One key of the policy.</summary>
/// <param name="Schema">Its name and values.</param>
/// <param name="Merge">What holds when several sources set it.</param>
internal sealed record PolicyKey(SettingKey Schema, MergeRule Merge)
{
    /// <summary>Sections and name.</summary>
    public string Path => Schema.Path;

    /// <summary>For a flag: the value that restricts.</summary>
    public bool StrictFlag { get; init; } = true;

    /// <summary>The setting that it locks; <see langword="null"/> for keys that restrict.</summary>
    public SettingKey? Locks { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
