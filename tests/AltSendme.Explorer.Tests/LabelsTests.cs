using System.Globalization;
using AltSendme.Explorer.Actions;

namespace AltSendme.Explorer.Tests;

public sealed class LabelsTests
{
    [Theory]
    [InlineData("en-GB", "Send with AltSendme")]
    [InlineData("de-AT", "Mit AltSendme senden")]
    [InlineData("zh-CN", "使用 AltSendme 发送")]
    [InlineData("zh-Hans-SG", "使用 AltSendme 发送")]
    [InlineData("fi-FI", "Send with AltSendme")]
    public void The_menu_speaks_the_persons_language_or_english(string language, string words) => Assert.Equal(words, new Labels(CultureInfo.GetCultureInfo(language))["send"]);
}
