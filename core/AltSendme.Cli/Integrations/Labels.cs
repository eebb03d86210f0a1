using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AltSendme.Cli.Integrations;

/// <summary>The words of menus in every language (<c>integrations/labels.json</c>).</summary>
internal static class Labels
{
    /// <summary>The language that stands in for all that are not there.</summary>
    public const string Fallback = "en";

    private static readonly IntegrationJson Readable = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> Table = new(static () => JsonSerializer.Deserialize(EmbeddedText.Read("labels.json"), IntegrationJson.Default.Labels)!);

    /// <summary>The languages, as BCP 47 has them.</summary>
    public static IEnumerable<string> Languages => Table.Value["send"].Keys;

    /// <summary>The label in one language.</summary>
    public static string In(string language, string label) => Table.Value[label][language];

    /// <summary>The label in the language of a culture, else in English.</summary>
    public static string For(CultureInfo culture, string label)
    {
        var texts = Table.Value[label];
        return texts.Keys.FirstOrDefault(language => language == culture.Name) is { } exact ? texts[exact]
            : texts.Keys.FirstOrDefault(language => language.Split('-')[0] == culture.TwoLetterISOLanguageName) is { } near ? texts[near]
            : texts[Fallback];
    }

    /// <summary>Lines of a desktop entry: the key in English, and with each language in brackets.</summary>
    public static string DesktopLines(string key, string label)
    {
        var lines = new StringBuilder();
        foreach (var (language, text) in Table.Value[label])
            lines.Append(CultureInfo.InvariantCulture, $"{key}{(language == Fallback ? "" : $"[{language.Replace('-', '_')}]")}={text}\n");
        return lines.ToString().TrimEnd('\n');
    }

    /// <summary>Some of the labels as JSON, one a line, for a program in another language.</summary>
    public static string Json(params ReadOnlySpan<string> labels)
    {
        var lines = new List<string>();
        foreach (var label in labels)
            lines.Add($"  \"{label}\": {JsonSerializer.Serialize(Table.Value[label], Readable.Texts)}");
        return $"{{\n{string.Join(",\n", lines)}\n}}";
    }
}
