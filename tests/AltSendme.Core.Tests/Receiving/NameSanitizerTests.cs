using System.Text;
using AltSendme.Core.Receiving;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Receiving;

public sealed class NameSanitizerTests
{
    private static readonly NameRules Unix = new(Windows: false, CaseSensitive: true);
    private static readonly NameRules Windows = new(Windows: true, CaseSensitive: false);

    [Theory]
    [InlineData("../../etc/passwd", "__/__/etc/passwd")]
    [InlineData("/etc/passwd", "etc/passwd")]
    [InlineData("a//b/./c", "a/b/c")]
    [InlineData("", "unnamed")]
    [InlineData("/", "unnamed")]
    [InlineData(".", "unnamed")]
    [InlineData("..", "__")]
    [InlineData("C:\\x", "C:_x")]
    [InlineData("a\u202Egpj.exe", "a_gpj.exe")]
    [InlineData("x\u001b[2J", "x_[2J")]
    [InlineData("a\0b", "a_b")]
    [InlineData("line\nbreak", "line_break")]
    [InlineData("CON", "CON")]
    [InlineData("\u2066hidden\u2069", "_hidden_")]
    public void A_dangerous_name_becomes_a_harmless_one(string name, string expected) => Assert.Equal(expected, string.Join('/', NameSanitizer.Split(name, Unix)));

    [Theory]
    [InlineData("C:\\x", "C__x")]
    [InlineData("CON", "_CON")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("LPT\u00B9", "_LPT\u00B9")]
    [InlineData("COM7 .log", "_COM7 .log")]
    [InlineData("name. . ", "name")]
    [InlineData("a:b", "a_b")]
    [InlineData("what?*", "what__")]
    [InlineData("...", "unnamed")]
    [InlineData("CONSOLE", "CONSOLE")]
    public void Windows_rules_apply_where_they_must(string name, string expected) => Assert.Equal(expected, string.Join('/', NameSanitizer.Split(name, Windows)));

    [Theory]
    [InlineData("photo.jpg")]
    [InlineData("Ünïcode/наука/データ.txt")]
    [InlineData(".hidden/.config")]
    [InlineData("with space/and 'quotes'")]
    [InlineData("👩‍👩‍👧.png")]
    public void A_harmless_name_stays_as_it_is(string name)
    {
        Assert.Equal(name, string.Join('/', NameSanitizer.Split(name, Unix)));
        Assert.Equal(name, string.Join('/', NameSanitizer.Split(name, Windows)));
    }

    [Fact]
    public void A_name_of_300_bytes_is_shortened_and_keeps_its_extension()
    {
        var ascii = NameSanitizer.Clean(new string('a', 296) + ".txt", Unix);
        var cyrillic = NameSanitizer.Clean(new string('я', 200) + ".tar.gz", Unix);

        Assert.Equal(255, Encoding.UTF8.GetByteCount(ascii));
        Assert.EndsWith("a.txt", ascii, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(cyrillic), 250, 255);
        Assert.EndsWith("я.tar.gz", cyrillic, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("_", NameSanitizer.Clean("\uD800", Unix));

    [Fact]
    public void A_name_that_goes_too_deep_is_joined() => Assert.Equal(NameRules.MaxDepth, NameSanitizer.Split(string.Join('/', Enumerable.Repeat("a", 5000)), Unix).Count);

    [Fact]
    public void Whatever_a_peer_sends_the_result_stays_inside_the_destination()
    {
        var random = Seeds.Random();
        string[] pieces = ["..", ".", "/", "\\", "a", "CON", ":", "\0", "\u202E", " ", "é", "e\u0301", "\uD83D", "\uDE00", "\uFFFE", "\uFFFF", "\x7F", "\u0085", "~", "$x", "nul.txt"];
        for (var i = 0; i < 20_000; i++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (var rules in new[] { Unix, Windows })
            {
                var path = new TargetNames(rules).Add(name);

                Assert.False(Path.IsPathRooted(path), name);
                Assert.All(path.Split('/'), part => Assert.True(part is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(part) <= NameRules.MaxNameBytes, name));
                Assert.DoesNotContain(path.EnumerateRunes(), NameSanitizer.IsDeceptive);
                Assert.Equal(path, string.Join('/', NameSanitizer.Split(path, rules)));
            }
        }
    }
}
