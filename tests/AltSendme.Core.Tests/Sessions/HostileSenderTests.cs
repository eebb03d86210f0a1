using System.Buffers.Binary;
using AltSendme.Abstractions;
using AltSendme.Blobs;
using AltSendme.Blobs.Blake3;
using AltSendme.Blobs.Collections;
using AltSendme.Core.Errors;
using AltSendme.Core.Receiving;

namespace AltSendme.Core.Tests.Sessions;

/// <summary>A sender who wants to do harm: names, hashes, sizes and streams.</summary>
public sealed class HostileSenderTests : IAsyncLifetime
{
    private static readonly byte[] Content = "content"u8.ToArray();

    private readonly SessionHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Theory]
    [InlineData("../../etc/passwd", "__/__/etc/passwd")]
    [InlineData("/etc/passwd", "etc/passwd")]
    [InlineData("a\u202Egpj.exe", "a_gpj.exe")]
    [InlineData("x\u001b[2J", "x_[2J")]
    [InlineData("..", "__")]
    [InlineData("", "unnamed")]
    public async Task A_dangerous_name_stays_inside_the_destination(string name, string expected)
    {
        var ticket = await _harness.ServeAsync(Named(name), Content);

        await _harness.ReceiveAsync(ticket);

        Assert.Equal([expected], _harness.Arrived());
        Assert.Contains(_harness.Received.Of<Core.Progress.NameChanged>(), changed => changed.From == name && changed.To == expected);
    }

    [Fact]
    public async Task Equal_names_and_names_of_300_bytes_all_arrive()
    {
        var ticket = await _harness.ServeAsync(Named("same.txt", "same.txt", new string('n', 300), "file", "file/inside"), Content);

        await _harness.ReceiveAsync(ticket);

        Assert.Equal(["file", "file (2)/inside", new string('n', 255), "same (2).txt", "same.txt"], _harness.Arrived());
    }

    [Fact]
    public async Task A_path_through_a_link_at_the_destination_is_not_followed()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_harness.Folder.Path, "outside")).FullName;
        Directory.CreateDirectory(_harness.Destination);
        Directory.CreateSymbolicLink(Path.Combine(_harness.Destination, "album"), outside);
        var ticket = await _harness.ServeAsync(Named("album/a.txt"), Content);

        var exception = await Assert.ThrowsAsync<StorageException>(() => _harness.ReceiveAsync(ticket, ConflictRule.Overwrite));
        await _harness.ReceiveAsync(ticket);

        Assert.Equal(ErrorCodes.DestinationLink, exception.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(_harness.Destination, "album (2)", "a.txt")));
    }

    [Fact]
    public async Task A_link_planted_in_the_unfinished_download_is_not_followed()
    {
        var ticket = await _harness.ServeAsync(Named("album/a.txt"), Content);
        var outside = Directory.CreateDirectory(Path.Combine(_harness.Folder.Path, "outside")).FullName;
        Directory.CreateDirectory(_harness.Destination);
        string staging;
        using (var store = Blobs.Stores.Partial.PartialStore.Open(_harness.Destination, ticket.Root))
            staging = store.StagingDirectory;
        Directory.CreateSymbolicLink(Path.Combine(staging, "album"), outside);

        await Assert.ThrowsAsync<StorageException>(() => _harness.ReceiveAsync(ticket));

        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public async Task A_hash_sequence_of_ten_million_entries_is_refused_before_it_is_read()
    {
        const long Size = 10_000_000L * Hash.Length;
        var ticket = await _harness.ServeAsync(HashOf([]), async stream =>
        {
            var start = new byte[8 + 64];
            BinaryPrimitives.WriteInt64LittleEndian(start, Size);
            await stream.Output.WriteAsync(start);
            await stream.Output.CompleteAsync();
        });

        var before = GC.GetTotalAllocatedBytes();
        await Assert.ThrowsAnyAsync<AltSendmeException>(() => _harness.ReceiveAsync(ticket));

        Assert.True(GC.GetTotalAllocatedBytes() - before < 64_000_000);
        Assert.Empty(_harness.Arrived());
    }

    [Fact]
    public async Task An_endless_stream_of_nothing_true_ends_at_the_first_wrong_hash()
    {
        var ticket = await _harness.ServeAsync(HashOf([]), async stream =>
        {
            var noise = new byte[64 * 1024];
            while (!(await stream.Output.WriteAsync(noise)).IsCompleted)
                noise[0]++;
        });

        var exception = await Assert.ThrowsAsync<VerificationException>(() => _harness.ReceiveAsync(ticket));

        Assert.Equal(ErrorCodes.ContentCorrupt, exception.Code);
    }

    [Fact]
    public async Task A_sender_that_has_nothing_is_told_apart_from_one_that_lies()
    {
        var ticket = await _harness.ServeAsync(HashOf([1]), static async stream => await stream.Output.CompleteAsync());

        Assert.Equal(ErrorCodes.PeerLacksContent, (await Assert.ThrowsAsync<TransferAbortedException>(() => _harness.ReceiveAsync(ticket))).Code);
    }

    [Fact]
    public async Task A_hash_sequence_that_is_no_collection_is_refused()
    {
        var sequence = HashSequence.FromHashes([HashOf(Content), HashOf(Content)]);
        var store = new Blobs.Stores.InPlaceStore();
        var root = new Blobs.Stores.MemoryBlob("sequence", sequence.Bytes);
        store.Add(root);
        store.Add(new Blobs.Stores.MemoryBlob("content", Content));
        var ticket = await _harness.ServeAsync(root.Hash, stream => new Blobs.Protocol.BlobProvider(store).ServeAsync(stream, null, CancellationToken.None));

        Assert.Equal(ErrorCodes.ContentRefused, (await Assert.ThrowsAsync<VerificationException>(() => _harness.ReceiveAsync(ticket))).Code);
    }

    [Fact]
    public async Task A_sender_without_one_of_the_files_is_reported_before_anything_is_fetched()
    {
        var ticket = await _harness.ServeAsync(new Collection([new CollectionEntry("a", HashOf(Content)), new CollectionEntry("b", HashOf([1, 2, 3]))]), Content);

        Assert.Equal(ErrorCodes.PeerLacksContent, (await Assert.ThrowsAsync<TransferAbortedException>(() => _harness.ReceiveAsync(ticket))).Code);
        Assert.Empty(_harness.Arrived());
    }

    [Fact]
    public void Too_little_room_on_the_drive_is_said_before_anything_is_fetched()
    {
        var exception = Assert.Throws<StorageException>(() => DiskPreflight.Check("/some/folder", 10L << 30, static _ => 1L << 30));

        Assert.Equal(ErrorCodes.DiskFull, exception.Code);
        Assert.Contains("1 GiB", exception.Message, StringComparison.Ordinal);
    }

    private static Collection Named(params string[] names) => new(names.Select(static name => new CollectionEntry(name, HashOf(Content))));

    private static Hash HashOf(byte[] content) => Subtree.ChainingValue(content, 0, isRoot: true);
}
