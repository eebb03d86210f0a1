using System.Runtime.Versioning;
using System.Security;
using Microsoft.Win32;

namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>The real registry.</summary>
/// <param name="hive">The user's or the machine's.</param>
[SupportedOSPlatform("windows")]
internal sealed class WindowsHive(RegistryHive hive) : IRegistryHive
{
    public bool HasKey(string key) => With(root =>
    {
        using var opened = root.OpenSubKey(key);
        return opened is not null;
    });

    public string? Read(string key, string name) => With(root =>
    {
        using var opened = root.OpenSubKey(key);
        return opened?.GetValue(name, null, RegistryValueOptions.DoNotExpandEnvironmentNames) as string;
    });

    public void Write(string key, string name, string text) => With(root =>
    {
        using var opened = root.CreateSubKey(key);
        opened.SetValue(name, text, RegistryValueKind.String);
        return true;
    });

    public void RemoveValue(string key, string name) => With(root =>
    {
        using var opened = root.OpenSubKey(key, writable: true);
        opened?.DeleteValue(name, throwOnMissingValue: false);
        return true;
    });

    public void RemoveTree(string key) => With(root =>
    {
        root.DeleteSubKeyTree(key, throwOnMissingSubKey: false);
        return true;
    });

    public void RemoveIfEmpty(string key) => With(root =>
    {
        if (IsEmpty(root, key))
            root.DeleteSubKey(key, throwOnMissingSubKey: false);
        return true;
    });

    private static bool IsEmpty(RegistryKey root, string key)
    {
        using var opened = root.OpenSubKey(key);
        return opened is { SubKeyCount: 0, ValueCount: 0 };
    }

    private T With<T>(Func<RegistryKey, T> body)
    {
        try
        {
            using var root = RegistryKey.OpenBaseKey(hive, RegistryView.Registry64);
            return body(root);
        }
        catch (SecurityException exception)
        {
            throw new UnauthorizedAccessException(exception.Message, exception);
        }
    }
}
