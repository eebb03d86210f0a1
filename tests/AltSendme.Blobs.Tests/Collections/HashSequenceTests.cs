using AltSendme.Blobs.Collections;
using AltSendme.Blobs.Tests.Bao;

namespace AltSendme.Blobs.Tests.Collections;

public sealed class HashSequenceTests
{
    [Fact]
    public void Hashes_come_back_in_order()
    {
        var hashes = Enumerable.Range(0, 5).Select(i => new Hash(PatternBlob.Pattern(32, i))).ToArray();
        var bytes = HashSequence.FromHashes(hashes).Bytes;

        Assert.True(HashSequence.TryParse(bytes, HashSequence.DefaultLimit, out var sequence, out _));

        Assert.Equal(hashes, Enumerable.Range(0, sequence.Count).Select(i => sequence[i]));
    }

    [Fact]
    public void An_empty_blob_is_an_empty_sequence()
    {
        Assert.True(HashSequence.TryParse(default, HashSequence.DefaultLimit, out var sequence, out _));
        Assert.Equal(0, sequence.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_length_that_is_not_made_of_hashes_is_refused(int length)
    {
        Assert.False(HashSequence.TryParse(new byte[length], HashSequence.DefaultLimit, out _, out var reason));
        Assert.Contains($"{length}", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_million_hashes_are_refused_by_their_size_alone()
    {
        Assert.False(HashSequence.IsPossibleSize(320_000_000, HashSequence.DefaultLimit, out var reason));
        Assert.Contains("10000000", reason, StringComparison.Ordinal);
        Assert.True(HashSequence.IsPossibleSize(32_000_000, HashSequence.DefaultLimit, out _));
        Assert.False(HashSequence.IsPossibleSize(32_000_032, HashSequence.DefaultLimit, out _));
        Assert.False(HashSequence.IsPossibleSize(long.MaxValue, HashSequence.DefaultLimit, out _));
    }

    [Fact]
    public void The_limit_is_the_callers()
    {
        Assert.False(HashSequence.TryParse(new byte[96], 2, out _, out _));
        Assert.True(HashSequence.TryParse(new byte[64], 2, out _, out _));
    }
}
