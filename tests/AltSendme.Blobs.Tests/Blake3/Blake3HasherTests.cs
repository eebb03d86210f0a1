using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Tests.Blake3;

public sealed class Blake3HasherTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Fact]
    public void The_three_modes_give_the_extended_output_of_the_official_vectors()
    {
        using var plain = new Blake3Hasher();
        using var keyed = Blake3Hasher.Keyed(OfficialVectors.Key);
        using var derivation = Blake3Hasher.KeyDerivation(OfficialVectors.Context);
        foreach (var vector in OfficialVectors.All)
        {
            Assert.Equal(vector.Hash, Output(plain, vector.Input, vector.Hash.Length));
            Assert.Equal(vector.KeyedHash, Output(keyed, vector.Input, vector.KeyedHash.Length));
            Assert.Equal(vector.DerivedKey, Output(derivation, vector.Input, vector.DerivedKey.Length));
        }
    }

    [Fact]
    public void One_call_gives_what_the_official_vectors_begin_with()
    {
        foreach (var vector in OfficialVectors.All)
        {
            var derived = new byte[50];
            Blake3Hasher.DeriveKey(OfficialVectors.Context, vector.Input, derived);

            Assert.Equal(new Hash(vector.Hash.AsSpan(0, Hash.Length)), Blake3Hasher.Hash(vector.Input));
            Assert.Equal(new Hash(vector.KeyedHash.AsSpan(0, Hash.Length)), Blake3Hasher.KeyedHash(OfficialVectors.Key, vector.Input));
            Assert.Equal(vector.DerivedKey[..derived.Length], derived);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Pieces_of_any_length_give_the_hash_of_the_whole(int seed)
    {
        var random = new Random(seed);
        var data = Pattern.Random(seed, random.Next(1 << random.Next(1, 21)));
        using var hasher = new Blake3Hasher();
        for (var at = 0; at < data.Length;)
        {
            var taken = Math.Min(data.Length - at, random.Next(1 << random.Next(1, 21)));
            hasher.Update(data.AsSpan(at, taken));
            at += taken;
        }

        Assert.Equal(Subtree.ChainingValue(data, 0, isRoot: true), hasher.Finish());
    }

    [Theory]
    [InlineData(16384)]
    [InlineData(32768)]
    [InlineData(5 * 16384)]
    public void Pieces_that_end_at_a_group_give_the_hash_of_the_whole(int length)
    {
        var data = Pattern.Bytes(length);
        using var hasher = new Blake3Hasher();
        for (var at = 0; at < length; at += 16384)
            hasher.Update(data.AsSpan(at, 16384));
        hasher.Update([]);

        Assert.Equal(Subtree.ChainingValue(data, 0, isRoot: true), hasher.Finish());
    }

    [Fact]
    public void The_endless_output_can_be_read_from_anywhere()
    {
        using var hasher = new Blake3Hasher();
        hasher.Update("somewhere"u8);
        var whole = new byte[1000];
        hasher.Finish(whole);
        foreach (var (at, length) in new[] { (0, 0), (0, 1), (1, 63), (63, 2), (64, 64), (65, 300), (999, 1), (130, 0) })
        {
            var part = new byte[length];
            hasher.Finish(part, (ulong)at);
            Assert.Equal(whole[at..(at + length)], part);
        }
    }

    [Fact]
    public void A_finished_hasher_goes_on()
    {
        var data = Pattern.Bytes(50_000);
        using var hasher = new Blake3Hasher();
        hasher.Update(data.AsSpan(0, 20_000));
        Assert.Equal(Blake3Hasher.Hash(data.AsSpan(0, 20_000)), hasher.Finish());
        hasher.Update(data.AsSpan(20_000));
        Assert.Equal(Blake3Hasher.Hash(data), hasher.Finish());
    }

    [Fact]
    public void A_reset_hasher_keeps_its_key_and_forgets_the_rest()
    {
        using var hasher = Blake3Hasher.Keyed(OfficialVectors.Key);
        hasher.Update(Pattern.Bytes(100_000));
        hasher.Reset();
        hasher.Update("again"u8);

        Assert.Equal(Blake3Hasher.KeyedHash(OfficialVectors.Key, "again"u8), hasher.Finish());
    }

    [Fact]
    public void A_key_of_another_length_is_refused_with_both_lengths()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Blake3Hasher.Keyed(new byte[31]));
        Assert.Contains("32 bytes, not 31", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_hasher_says_so()
    {
        var hasher = new Blake3Hasher();
        hasher.Dispose();
        hasher.Dispose();

        Assert.Throws<ObjectDisposedException>(() => hasher.Update([1]));
        Assert.Throws<ObjectDisposedException>(() => hasher.Finish());
        Assert.Throws<ObjectDisposedException>(hasher.Reset);
    }

    private static byte[] Output(Blake3Hasher hasher, byte[] input, int length)
    {
        var output = new byte[length];
        hasher.Reset();
        hasher.Update(input);
        hasher.Finish(output);
        return output;
    }
}
