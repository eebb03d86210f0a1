using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AltSendme.Cli.Integrations;

namespace AltSendme.Cli.Tests.Integrations;

/// <summary>Holds the one list of words: every label in every language, with the same things to fill in.</summary>
public sealed partial class LabelTests
{
    private static readonly string[] Languages = ["en", "fr", "de", "es", "zh-CN", "ja", "ar"];

    public static TheoryData<string> Names => [.. Read().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_label_is_there_in_every_language_with_the_same_places_to_fill_in(string name)
    {
        var texts = Read()[name];

        Assert.Equal(Languages, texts.Keys);
        Assert.All(texts.Values, text => Assert.Equal(Places(texts["en"]), Places(text)));
        Assert.All(texts.Values, static text => Assert.Equal(text.Trim(), text));
        Assert.All(texts.Values, static text => Assert.DoesNotContain('\n', text));
    }

    [Theory]
    [InlineData("de-AT", "Mit AltSendme senden")]
    [InlineData("zh-TW", "使用 AltSendme 发送")]
    [InlineData("ar-EG", "إرسال باستخدام AltSendme")]
    [InlineData("nl-NL", "Send with AltSendme")]
    public void Who_speaks_a_language_like_one_of_them_reads_that_one(string culture, string expected) => Assert.Equal(expected, Labels.For(CultureInfo.GetCultureInfo(culture), "send"));

    [Fact]
    public void A_desktop_entry_has_a_line_for_each_language()
    {
        var lines = Labels.DesktopLines("Name", "send").Split('\n');

        Assert.Equal(Languages.Length, lines.Length);
        Assert.Contains("Name=Send with AltSendme", lines);
        Assert.Contains("Name[zh_CN]=使用 AltSendme 发送", lines);
    }

    private static Dictionary<string, Dictionary<string, string>> Read() =>
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllText(Path.Combine(Repository.Root, "integrations", "labels.json")))!;

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(static match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Place();
}
