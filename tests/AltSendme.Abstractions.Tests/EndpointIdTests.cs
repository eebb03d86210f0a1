namespace AltSendme.Abstractions.Tests;

public sealed class EndpointIdTests
{
    private const string Text = "ae58ff8833241ac82d6ff7611046ed67b5072d142c588d0063e942d9a75502b6";

    [Fact]
    public void The_text_form_is_read_in_either_case_and_written_in_lower_case()
    {
        Assert.True(EndpointId.TryParse(Text.ToUpperInvariant(), out var id));
        Assert.Equal(Text, id.ToString());
        Assert.Equal(Text[..10], id.ToShortString());
        Assert.Equal(Convert.FromHexString(Text), id.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ae58")]
    [InlineData("ze58ff8833241ac82d6ff7611046ed67b5072d142c588d0063e942d9a75502b6")]
    [InlineData("ae58ff8833241ac82d6ff7611046ed67b5072d142c588d0063e942d9a75502b600")]
    [InlineData(" e58ff8833241ac82d6ff7611046ed67b5072d142c588d0063e942d9a75502b6")]
    public void Other_texts_are_refused(string text)
    {
        Assert.False(EndpointId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void Ids_are_equal_when_all_their_bytes_are()
    {
        var bytes = Convert.FromHexString(Text);
        var id = new EndpointId(bytes);
        bytes[31] ^= 1;

        Assert.True(id == new EndpointId(Convert.FromHexString(Text)));
        Assert.True(id != new EndpointId(bytes));
        Assert.Equal(id.GetHashCode(), new EndpointId(Convert.FromHexString(Text)).GetHashCode());
        Assert.False(id.Equals((object)Text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void An_id_of_another_length_can_not_be_made(int length) => Assert.Throws<ArgumentException>(() => new EndpointId(new byte[length]));
}
