using AltSendme.Cli.Rendering;

namespace AltSendme.Cli.Tests.Rendering;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("photo.jpg")]
    [InlineData("наука/データ 📁.bin")]
    [InlineData("e\u0301clair")]
    [InlineData("")]
    public void Plain_text_of_any_script_is_left_as_it_is(string text) => Assert.Equal(text, SafeText.Of(text));

    [Theory]
    [InlineData("x\u001B[2J", "x\\u{1B}[2J")]
    [InlineData("a\r\nb", "a\\u{D}\\u{A}b")]
    [InlineData("\u009B31m", "\\u{9B}31m")]
    [InlineData("a\u202Egpj.exe", "a\\u{202E}gpj.exe")]
    [InlineData("a\u2066b\u2069", "a\\u{2066}b\\u{2069}")]
    [InlineData("zero\u200Bwidth", "zero\\u{200B}width")]
    [InlineData("line\u2028paragraph\u2029", "line\\u{2028}paragraph\\u{2029}")]
    [InlineData("\uE000", "\\u{E000}")]
    [InlineData("\U000E0041", "\\u{E0041}")]
    public void What_could_drive_a_terminal_or_disguise_a_name_is_shown_as_its_code_point(string text, string shown) => Assert.Equal(shown, SafeText.Of(text));

    [Fact]
    public void Half_of_a_surrogate_pair_becomes_the_replacement_character() => Assert.Equal("a\uFFFDb", SafeText.Of("a\uD83Db"));
}
