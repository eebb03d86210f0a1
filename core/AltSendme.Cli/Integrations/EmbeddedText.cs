using System.Reflection;

namespace AltSendme.Cli.Integrations;

/// <summary>The files of the folder <c>integrations</c>, which the program carries so that it can install them wherever it stands.</summary>
internal static class EmbeddedText
{
    /// <summary>The file's text, with each <c>@KEY@</c> of <paramref name="values"/> replaced.</summary>
    /// <param name="name">Path below <c>integrations</c>, with slashes.</param>
    /// <param name="values">Keys without their signs, and what they stand for.</param>
    public static string Read(string name, params ReadOnlySpan<(string Key, string Value)> values)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"integrations/{name}") ?? throw new InvalidOperationException($"integrations/{name} is not embedded.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        foreach (var (key, value) in values)
            text = text.Replace($"@{key}@", value, StringComparison.Ordinal);
        return text;
    }
}
