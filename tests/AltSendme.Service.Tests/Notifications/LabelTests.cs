using System.Text.Json;
using AltSendme.Service.Notifications;

namespace AltSendme.Service.Tests.Notifications;

public sealed class LabelTests
{
    public static TheoryData<string> Languages => ["en", "fr", "de", "es", "zh-CN", "ja", "ar"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_word_of_a_notification_is_there_in_every_language(string language)
    {
        using var stream = typeof(Labels).Assembly.GetManifestResourceStream("labels.json")!;
        using var list = JsonDocument.Parse(stream);
        var labels = Labels.In(language);

        foreach (var key in new[]
        {
            "ticketCopied", "ticketCopiedBody", "ticketReady", "ticketReadyBody", "receiverConnected", "receiverConnectedBody", "sendFinished", "sendFinishedBody", "sendFailed", "receiveFinished", "receiveFinishedBody", "receiveFailed",
            "showShare", "copyTicket", "stopShare", "openFolder", "resume",
        })
        {
            Assert.True(list.RootElement.GetProperty(key).TryGetProperty(language, out _), $"{key} in {language}");
            var text = labels.Fill(key, ("name", "NAME"), ("ticket", "TICKET"), ("folder", "FOLDER"));
            Assert.NotEmpty(text);
            Assert.DoesNotContain('{', text);
            Assert.Equal(key.EndsWith("Body", StringComparison.Ordinal), text.Contains("NAME", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("de", "de_DE.UTF-8", null, null)]
    [InlineData("fr", "", "fr_CA", "de_DE.UTF-8")]
    [InlineData("zh-CN", null, null, "zh_CN.UTF-8")]
    [InlineData("ar", null, "", "ar")]
    [InlineData("en", "C", null, "de_DE.UTF-8")]
    [InlineData("en", "C.UTF-8", null, null)]
    [InlineData("en", "nl_NL.UTF-8", null, null)]
    [InlineData("en", null, null, null)]
    [InlineData("ja", "ja_JP@kanji", null, null)]
    public void The_language_is_the_one_that_the_environment_names(string expected, string? all, string? messages, string? lang) => Assert.Equal(expected, Labels.LanguageOf(all, messages, lang));

    [Fact]
    public void What_is_put_in_is_not_read_again() => Assert.Equal("{ticket} is on its way.", Labels.In("en").Fill("receiverConnectedBody", ("name", "{ticket}"), ("ticket", "secret")));

    [Theory]
    [InlineData("en", "report", false)]
    [InlineData("en", "تقرير", true)]
    [InlineData("ar", "report", true)]
    public void A_name_in_the_other_direction_turns_nothing_around(string language, string name, bool isIsolated) =>
        Assert.Equal(isIsolated, Labels.In(language).Fill("receiverConnectedBody", ("name", name)).Contains($"\u2068{name}\u2069", StringComparison.Ordinal));

    [Theory]
    [InlineData("plain name.txt", "plain name.txt")]
    [InlineData("a\u202Etxt.exe", "a\uFFFDtxt.exe")]
    [InlineData("a\nb\u0007c\u2028d", "a\uFFFDb\uFFFDc\uFFFDd")]
    [InlineData("\u2068x\u2069", "\uFFFDx\uFFFD")]
    [InlineData("می\u200Cخواهم 👩\u200D💻", "می\u200Cخواهم 👩\u200D💻")]
    [InlineData("12345678901234567890123456789012345", "12345678901234567890123456789…")]
    public void A_name_is_shown_without_what_could_move_or_hide_anything(string name, string shown) => Assert.Equal(shown, ShownText.Of(name, 30));

    [Fact]
    public void Half_a_character_is_shown_as_a_wrong_one() => Assert.Equal("a\uFFFDb", ShownText.Of("a\uD83Db", 30));
}
