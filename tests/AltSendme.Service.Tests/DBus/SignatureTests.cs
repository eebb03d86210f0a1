using AltSendme.Service.DBus.Values;

namespace AltSendme.Service.Tests.DBus;

public sealed class SignatureTests
{
    [Theory]
    [InlineData("s", 1)]
    [InlineData("su", 1)]
    [InlineData("as", 2)]
    [InlineData("a{sv}i", 5)]
    [InlineData("aa{sv}", 6)]
    [InlineData("(s(iu)av)x", 9)]
    public void The_first_type_ends_where_the_next_begins(string text, int length) => Assert.Equal(length, Signature.FirstLength(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("(s")]
    [InlineData("a{s")]
    [InlineData("z")]
    [InlineData(")")]
    public void What_is_no_type_is_refused(string text) => Assert.Throws<FormatException>(() => Signature.FirstLength(text));
}
