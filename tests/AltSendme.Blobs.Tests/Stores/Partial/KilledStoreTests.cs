using System.Globalization;
using AltSendme.Blobs.Stores.Partial;
using AltSendme.Blobs.Tests.Blake3;
using static AltSendme.Blobs.Tests.Stores.Partial.StoreFixture;

namespace AltSendme.Blobs.Tests.Stores.Partial;

public sealed class KilledStoreTests : IDisposable
{
    private const int Run = 64 * 1024;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(5_000)]
    [InlineData(300_123)]
    [InlineData((1 << 20) + 40_000)]
    public async Task A_receiver_killed_before_any_write_keeps_what_it_had_reported(int size)
    {
        var tree = new ReferenceTree(Pattern.Random(size, size));
        for (var survived = 0; ; survived++)
        {
            var destination = Directory.CreateDirectory(_folder.In($"{survived}")).FullName;
            var reported = 0L;
            var isKilled = await ReceiveAsync(destination, tree, survived, bytes => reported += bytes);

            using var store = PartialStore.Open(destination, tree.Root);
            var file = await store.AddAsync(tree);
            AssertHonest(store, file, tree);
            Assert.InRange(file.VerifiedBytes, reported, reported + (4 * Run));
            var kept = file.VerifiedBytes;
            Assert.Equal(size - kept, await file.CompleteAsync(tree));
            AssertWhole(store, file, tree);
            if (!isKilled)
                break;
        }
    }

    [Fact]
    public async Task No_mark_is_written_before_the_content_that_it_stands_for()
    {
        var tree = new ReferenceTree(Pattern.Random(1, 2_000_000));
        var writes = new List<StoreWrite>();
        using var store = PartialStore.Open(_folder.Path, tree.Root, writes.Add);

        await (await store.AddAsync(tree)).CompleteAsync(tree, groupsPerBatch: 16);

        Assert.Equal(StoreWrite.Outboard, writes[0]);
        var runs = writes.Where(write => write is not StoreWrite.Outboard).Chunk(2).ToArray();
        Assert.All(runs, pair => Assert.Equal([StoreWrite.Data, StoreWrite.Bitmap], pair));
        Assert.InRange(runs.Length, tree.Content.Length / Run, 2 * tree.Content.Length / Run);
    }

    [Fact]
    public async Task A_process_killed_again_and_again_fetches_almost_nothing_twice()
    {
        const int Kills = 3;
        const int Size = 8_000_000;
        var random = new Random(7);
        long verified = 0, handedOver = 0;
        for (var run = 0; run <= Kills; run++)
        {
            using var receiver = ChildProgram.StartReceiver(_folder.Path, Size);
            var killAfter = run < Kills ? random.Next(1, 10) : int.MaxValue;
            var inThisRun = 0L;
            for (var lines = 0; await receiver.StandardOutput.ReadLineAsync() is { } line; lines++)
            {
                var numbers = Array.ConvertAll(line.Split(' '), text => long.Parse(text, CultureInfo.InvariantCulture));
                Assert.InRange(numbers[0], verified, Size);
                (verified, inThisRun) = (numbers[0], numbers[1]);
                if (lines <= killAfter)
                    await receiver.StandardInput.WriteLineAsync();
                if (lines == killAfter)
                    receiver.Kill();
            }

            handedOver += inThisRun;
            await receiver.WaitForExitAsync();
            Assert.Equal(run == Kills, receiver.ExitCode == 0);
        }

        Assert.InRange(handedOver, Size, Size + (Kills * ChildProgram.BatchSize));
    }

    private static async Task<bool> ReceiveAsync(string destination, ReferenceTree tree, int survived, Action<long> onVerified)
    {
        using var store = PartialStore.Open(destination, tree.Root, _ =>
        {
            if (survived-- == 0)
                throw new KilledException();
        });
        try
        {
            var file = await store.AddAsync(tree);
            await file.WriteAsync(tree, Enumerable.Range(0, (int)(tree.GroupCount + 15) / 16).Select(i => (i * 16L, Math.Min(tree.GroupCount, (i * 16L) + 16))), onVerified);
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    private sealed class KilledException : Exception;
}
