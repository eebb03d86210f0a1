using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AltSendme.Service.Notifications;

/// <summary>The words of notifications in one language (integrations/labels.json, which the file managers' menus share).</summary>
internal sealed class Labels
{
    private const string Fallback = "en";
    private const string RightToLeft = "ar";
    private const char Isolate = '\u2068';
    private const char EndOfIsolate = '\u2069';

    private readonly Dictionary<string, string> _words;
    private readonly bool _isRightToLeft;

    private Labels(Dictionary<string, string> words, bool isRightToLeft) => (_words, _isRightToLeft) = (words, isRightToLeft);

    /// <summary>The words of the user's language.</summary>
    public static Labels ForUser() => In(LanguageOf(
        Environment.GetEnvironmentVariable("LC_ALL"), Environment.GetEnvironmentVariable("LC_MESSAGES"), Environment.GetEnvironmentVariable("LANG"), OperatingSystem.IsLinux() ? null : CultureInfo.CurrentUICulture.Name));

    /// <summary>The words of a language; those that it lacks are English.</summary>
    public static Labels In(string language)
    {
        using var stream = typeof(Labels).Assembly.GetManifestResourceStream("labels.json") ?? throw new InvalidOperationException("The words are not part of this program.");
        using var document = JsonDocument.Parse(stream);
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in document.RootElement.EnumerateObject())
        {
            if (label.Value.TryGetProperty(language, out var word) || label.Value.TryGetProperty(Fallback, out word))
                words[label.Name] = word.GetString() ?? "";
        }

        return new Labels(words, language == RightToLeft);
    }

    /// <summary>The language that the environment names, in the spelling of the list: the first value that is set counts, as for other programs (POSIX, "Environment Variables").</summary>
    /// <param name="names">Names of locales, the weightiest first.</param>
    public static string LanguageOf(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (name is not { Length: > 0 })
                continue;
            var end = name.AsSpan().IndexOfAny("_.@-");
            var language = (end < 0 ? name : name[..end]).ToLowerInvariant();
            return language switch
            {
                "zh" => "zh-CN",
                "fr" or "de" or "es" or "ja" or "ar" => language,
                _ => Fallback,
            };
        }

        return Fallback;
    }

    /// <summary>The word for a key.</summary>
    public string this[string key] => _words[key];

    /// <summary>A sentence with something put in, in one pass: nothing in what is put in is taken for a place to put something in.</summary>
    /// <param name="key">The sentence's key.</param>
    /// <param name="values">What stands for <c>{name}</c> and its like, fit to be shown.</param>
    public string Fill(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var rest = this[key].AsSpan();
        var text = new StringBuilder(rest.Length * 2);
        while (rest.IndexOf('{') is var start and >= 0)
        {
            var end = rest.IndexOf('}');
            text.Append(rest[..start]).Append(InPlace(Find(values, rest[(start + 1)..end])));
            rest = rest[(end + 1)..];
        }

        return text.Append(rest).ToString();
    }

    private static string Find(ReadOnlySpan<(string Name, string Value)> values, ReadOnlySpan<char> wanted)
    {
        foreach (var (name, value) in values)
        {
            if (wanted.SequenceEqual(name))
                return value;
        }

        throw new ArgumentException($"Nothing is given for {wanted}.", nameof(values));
    }

    /// <summary>Keeps a name that may be written in the other direction from turning around the sentence that it stands in (Unicode Standard Annex 9, "Explicit Directional Isolates").</summary>
    private string InPlace(string value) => _isRightToLeft || value.Any(static unit => unit is >= '\u0590' and <= '\u08FF' or >= '\uD800' and <= '\uDFFF' or >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFF') ? Isolate + value + EndOfIsolate : value;
}
