namespace AltSendme.Core.Policy.Sources;

/// <summary>A key of the Windows registry, as far as policy looks at it.</summary>
internal interface IRegistryKey : IDisposable
{
    /// <summary>Names of the keys below.</summary>
    IReadOnlyList<string> SubKeys { get; }

    /// <summary>Names and contents of its values: texts, lists of texts, 32-bit and 64-bit numbers; others as they come.</summary>
    IReadOnlyList<KeyValuePair<string, object?>> Values { get; }

    /// <summary>Opens a key below; <see langword="null"/> when it is gone.</summary>
    IRegistryKey? Open(string name);
}
