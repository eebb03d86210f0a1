using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AltSendme.Browser.Tests;

/// <summary>All languages say the same: the same keys, the same placeholders, the plural forms that the language has. Needs no browser.</summary>
public sealed partial class LanguageTests
{
    private static readonly string Assets = Path.Combine(Root(), "core", "AltSendme.Service", "Web", "Site", "assets");

    // Unicode CLDR, cardinal numbers.
    private static readonly Dictionary<string, string[]> Plurals = new()
    {
        ["en"] = ["one", "other"],
        ["de"] = ["one", "other"],
        ["fr"] = ["one", "many", "other"],
        ["es"] = ["one", "many", "other"],
        ["ja"] = ["other"],
        ["zh-CN"] = ["other"],
        ["ar"] = ["zero", "one", "two", "few", "many", "other"],
    };

    // What a share, a receive or the settings can end with. Codes of another kind get the sentence for their kind.
    private static readonly string[] Met = ["ticket", "source", "store", "peer", "content", "receive", "policy", "relay", "identity"];

    public static TheoryData<string> Languages => [.. Plurals.Keys];

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_language_has_every_message_with_its_placeholders_and_plural_forms(string language)
    {
        var english = Messages("en");
        var messages = Messages(language);

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), messages.Keys.Order(StringComparer.Ordinal));
        Assert.All(messages, message =>
        {
            var expected = english[message.Key];
            Assert.Equal(expected is JsonObject, message.Value is JsonObject);
            if (message.Value is JsonObject forms)
                Assert.Equal(Plurals[language], forms.Select(static form => form.Key));
            Assert.Equal(Placeholders(expected), Placeholders(message.Value));
            Assert.All(Texts(message.Value), static text => Assert.False(string.IsNullOrWhiteSpace(text)));
        });
    }

    [Fact]
    public void Every_language_that_is_offered_has_a_file_and_every_file_is_offered()
    {
        var offered = Quoted().Matches(LanguageList().Match(File.ReadAllText(Path.Combine(Assets, "i18n.js"))).Value).Select(static match => match.Groups[1].Value);

        Assert.Equal(Directory.EnumerateFiles(Path.Combine(Assets, "locales")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal), offered.Order(StringComparer.Ordinal));
        Assert.Equal(Plurals.Keys.Order(StringComparer.Ordinal), offered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_that_a_window_can_meet_has_a_sentence()
    {
        var sentences = File.ReadAllText(Path.Combine(Assets, "errors.js"));
        var codes = File.ReadLines(Path.Combine(Root(), "docs", "errors.md")).Select(static line => CodeRow().Match(line)).Where(static match => match.Success).Select(static match => match.Groups[1].Value).Where(static code => Met.Contains(code.Split('.')[0]));

        Assert.All(codes, code => Assert.Contains($"\"{code}\"", sentences, StringComparison.Ordinal));
        Assert.Subset(Messages("en").Keys.ToHashSet(), SentenceKey().Matches(sentences).Select(static match => $"errors.{match.Groups[1].Value}").ToHashSet());
    }

    private static Dictionary<string, JsonNode> Messages(string language)
    {
        var messages = new Dictionary<string, JsonNode>();
        Collect(JsonNode.Parse(File.ReadAllText(Path.Combine(Assets, "locales", $"{language}.json")))!.AsObject(), "", messages);
        return messages;
    }

    private static void Collect(JsonObject group, string prefix, Dictionary<string, JsonNode> messages)
    {
        foreach (var (name, value) in group)
        {
            if (value is JsonObject inner && !inner.ContainsKey("other"))
                Collect(inner, $"{prefix}{name}.", messages);
            else
                messages.Add(prefix + name, value!);
        }
    }

    private static IEnumerable<string> Texts(JsonNode message) => message is JsonObject forms ? forms.Select(static form => form.Value!.GetValue<string>()) : [message.GetValue<string>()];

    // "One file" needs no number, so it is the form for all other numbers that counts.
    private static IEnumerable<string> Placeholders(JsonNode message) =>
        Placeholder().Matches((message is JsonObject forms ? forms["other"]! : message).GetValue<string>()).Select(static match => match.Value).Order(StringComparer.Ordinal);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("AltSendme.sln was not found above the tests.");
        return folder.FullName;
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^const LANGUAGES = .*$", RegexOptions.Multiline)]
    private static partial Regex LanguageList();

    [GeneratedRegex(@"""([\w-]+)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\| `([\w.-]+)` \|")]
    private static partial Regex CodeRow();

    [GeneratedRegex(@"^  (\w+): \[", RegexOptions.Multiline)]
    private static partial Regex SentenceKey();
}
