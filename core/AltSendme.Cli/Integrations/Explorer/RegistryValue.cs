namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>One value of the registry.</summary>
/// <param name="Key">The key's path.</param>
/// <param name="Name">The value's name; empty for the key's own.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct RegistryValue(string Key, string Name, string Text);
