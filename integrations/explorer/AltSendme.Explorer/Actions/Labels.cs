using System.Globalization;
using System.Text.Json;

namespace AltSendme.Explorer.Actions;

/// <summary>The words that every integration says (integrations/labels.json), in one language.</summary>
/// <param name="language">The person's; English where there are no words in it.</param>
internal sealed class Labels(CultureInfo language)
{
    private const string Fallback = "en";

    private static readonly JsonElement All = Read();

    public string this[string name]
    {
        get
        {
            var languages = All.GetProperty(name);
            if (languages.TryGetProperty(language.Name, out var exact))
                return exact.GetString()!;
            foreach (var candidate in languages.EnumerateObject())
            {
                if (candidate.Name.Split('-')[0] == language.TwoLetterISOLanguageName)
                    return candidate.Value.GetString()!;
            }

            return languages.GetProperty(Fallback).GetString()!;
        }
    }

    private static JsonElement Read()
    {
        using var stream = typeof(Labels).Assembly.GetManifestResourceStream("labels.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
