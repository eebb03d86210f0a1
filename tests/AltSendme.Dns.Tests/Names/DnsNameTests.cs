using FsCheck;
using FsCheck.Fluent;

namespace AltSendme.Dns.Tests.Names;

public sealed class DnsNameTests
{
    [Theory]
    [InlineData("a", "0161 00")]
    [InlineData("dns.iroh.link", "03646e73 0469726f68 046c696e6b 00")]
    [InlineData("dns.iroh.link.", "03646e73 0469726f68 046c696e6b 00")]
    [InlineData(".", "00")]
    [InlineData(@"a\.b.c", "03612e62 0163 00")]
    [InlineData(@"\001x", "020178 00")]
    [InlineData("Müller's", "094dc3bc6c6c65722773 00")]
    public void Text_becomes_labels(string text, string hex) => Assert.Equal(hex.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(DnsName.Parse(text).Wire.Span));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData(@"a\")]
    [InlineData(@"a\25")]
    [InlineData(@"a\256")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Text_that_breaks_the_rules_is_no_name(string? text) => Assert.False(DnsName.TryParse(text, out _));

    [Fact]
    public void A_name_of_255_bytes_is_the_longest()
    {
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{new string('b', 61)}";

        Assert.Equal(DnsName.MaxLength, DnsName.Parse(longest).Wire.Length);
        Assert.False(DnsName.TryParse(longest + "b", out _));
        Assert.False(DnsName.TryParse(longest + ".c", out _));
        Assert.False(DnsName.Parse(longest).TryPrepend("c"u8, out _));
    }

    [Fact]
    public void Case_does_not_matter_and_is_kept()
    {
        var upper = DnsName.Parse("Example.COM");
        var lower = DnsName.Parse("example.com");

        Assert.Equal(lower, upper);
        Assert.Equal(lower.GetHashCode(), upper.GetHashCode());
        Assert.Equal("Example.COM", upper.ToString());
    }

    [Theory]
    [InlineData("a.b.c", "b.c", true)]
    [InlineData("a.B.c", "b.C", true)]
    [InlineData("a.b.c", "a.b.c", true)]
    [InlineData("a.b.c", ".", true)]
    [InlineData("ab.c", "b.c", false)]
    [InlineData("b.c", "a.b.c", false)]
    public void A_name_lies_within_its_ancestors(string name, string ancestor, bool within) => Assert.Equal(within, DnsName.Parse(name).IsWithin(DnsName.Parse(ancestor)));

    [Fact]
    public void Parents_lead_to_the_root()
    {
        var name = DnsName.Parse("a.bc");

        Assert.Equal("a"u8, name.FirstLabel);
        Assert.Equal("bc", name.Parent.ToString());
        Assert.True(name.Parent.Parent.IsRoot);
        Assert.True(DnsName.Root.Parent.IsRoot);
        Assert.True(DnsName.Root.TryPrepend("bc"u8, out var made) && made.TryPrepend("a"u8, out made));
        Assert.Equal(name, made);
    }

    [Fact]
    public void Whatever_bytes_a_label_has_its_text_reads_back() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            var label = bytes.AsSpan(0, Math.Min(bytes.Length, DnsName.MaxLabelLength));
            return label.IsEmpty || (DnsName.Root.TryPrepend(label, out var name) && DnsName.TryParse(name.ToString(), out var read) && read.Wire.Span.SequenceEqual(name.Wire.Span));
        }).QuickCheckThrowOnFailure();
}
