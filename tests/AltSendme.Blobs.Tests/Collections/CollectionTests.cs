using AltSendme.Blobs.Collections;
using AltSendme.Blobs.Tests.Bao;

namespace AltSendme.Blobs.Tests.Collections;

public sealed class CollectionTests
{
    [Fact]
    public void A_collection_has_the_hash_that_iroh_gives_it()
    {
        var collection = new Collection(
        [
            new("one", new PatternBlob(PatternBlob.Pattern(1)).Hash),
            new("dir/two", new PatternBlob(PatternBlob.Pattern(16385)).Hash),
            new("empty", new PatternBlob([]).Hash),
        ]);

        Assert.Equal("a77e2168feb0f8872a1cf836cb8be8d880f7121bb9b8ba502255a7ee01fe4b0d", collection.ComputeHash().ToString());
        Assert.Equal("CollectionV0.\u0003\u0003one\u0007dir/two\u0005empty", System.Text.Encoding.UTF8.GetString(collection.Metadata.Span));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Names_and_hashes_come_back(int count)
    {
        var original = new Collection(Enumerable.Range(0, count).Select(i => new CollectionEntry($"ordner/датей {i} 😀", new Hash(PatternBlob.Pattern(32, i)))));

        Assert.True(Collection.TryDecode(original.Sequence, original.Metadata, out var collection, out _));

        Assert.Equal(original.Entries, collection.Entries);
        Assert.Equal(original.ComputeHash(), collection.ComputeHash());
    }

    [Fact]
    public void Names_are_handed_on_as_they_came()
    {
        string[] names = ["", "../../etc/passwd", "/", "a\0b", "CON", "a/", "a/"];
        var original = new Collection(names.Select(name => new CollectionEntry(name, default)));

        Assert.True(Collection.TryDecode(original.Sequence, original.Metadata, out var collection, out _));

        Assert.Equal(names, collection.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void Other_numbers_of_names_than_of_hashes_are_refused()
    {
        var metadata = new Collection([new("a", default), new("b", default)]).Metadata;

        Assert.False(Collection.TryDecode(HashSequence.FromHashes(new Hash[2]), metadata, out _, out _));
        Assert.False(Collection.TryDecode(HashSequence.FromHashes(new Hash[4]), metadata, out _, out _));
        Assert.False(Collection.TryDecode(HashSequence.FromHashes([]), metadata, out _, out _));
        Assert.True(Collection.TryDecode(HashSequence.FromHashes(new Hash[3]), metadata, out _, out _));
    }

    [Fact]
    public void A_count_that_lies_makes_room_for_nothing()
    {
        byte[] metadata = [.. "CollectionV0."u8, 0xBF, 0x84, 0x3D];
        var sequence = HashSequence.FromHashes(new Hash[1_000_000]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(Collection.TryDecode(sequence, metadata, out _, out var reason));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
        Assert.Contains("cut short", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_no_file_system_has_are_neither_sent_nor_read()
    {
        var longest = new string('n', Collection.MaxNameSize);
        Assert.Single(new Collection([new(longest, default)]).Entries);
        Assert.Throws<ArgumentException>(() => new Collection([new(longest + "n", default)]));

        byte[] metadata = [.. "CollectionV0."u8, 1, 0x81, 0x80, 0x04, .. System.Text.Encoding.UTF8.GetBytes(longest + "n")];
        Assert.False(Collection.TryDecode(HashSequence.FromHashes(new Hash[2]), metadata, out _, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Foreign_bytes_are_refused_with_a_reason_or_read_but_never_throw(int seed)
    {
        var random = new Random(seed);
        var original = new Collection(Enumerable.Range(0, 20).Select(i => new CollectionEntry($"file {i}", default)));
        for (var round = 0; round < 5000; round++)
        {
            var metadata = original.Metadata.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
                metadata[random.Next(metadata.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0)
                metadata = metadata[..random.Next(metadata.Length)];

            var decoded = Collection.TryDecode(original.Sequence, metadata, out var collection, out var reason);

            Assert.Equal(decoded, reason is null);
            Assert.Equal(decoded ? 20 : null, collection?.Entries.Count);
        }
    }
}
