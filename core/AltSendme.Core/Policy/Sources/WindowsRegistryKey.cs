using System.Runtime.Versioning;
using Microsoft.Win32;

namespace AltSendme.Core.Policy.Sources;

/// <summary>A key of the real registry.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsRegistryKey(RegistryKey key) : IRegistryKey
{
    public IReadOnlyList<string> SubKeys => key.GetSubKeyNames();

    public IReadOnlyList<KeyValuePair<string, object?>> Values => [.. key.GetValueNames().Select(name => KeyValuePair.Create(name, key.GetValue(name, null, RegistryValueOptions.DoNotExpandEnvironmentNames)))];

    /// <summary>The key of a policy, which only administrators can write to; <see langword="null"/> without one.</summary>
    public static WindowsRegistryKey? OpenLocalMachine(string path)
    {
        using var root = RegistryKey.OpenBaseKey(RegistryHive.LocalMachine, RegistryView.Registry64);
        return root.OpenSubKey(path) is { } key ? new WindowsRegistryKey(key) : null;
    }

    public IRegistryKey? Open(string name) => key.OpenSubKey(name) is { } inner ? new WindowsRegistryKey(inner) : null;

    public void Dispose() => key.Dispose();
}
