using System.Diagnostics;
using System.Globalization;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores.Partial;
using AltSendme.Blobs.Tests.Blake3;

namespace AltSendme.Blobs.Tests.Stores.Partial;

/// <summary>The test assembly as a program: a receiver that a test can kill, or start where the disk is small.</summary>
internal static class ChildProgram
{
    private const string Receive = "receive";
    private const string FillDisk = "fill-disk";
    private const int MiB = 1 << 20;

    /// <summary>Bytes that the receiver takes at once, as many as a verifier hands on.</summary>
    public const int BatchSize = 256 * 1024;

    public static async Task<int> Main(string[] arguments) => arguments switch
    {
        [Receive, var destination, var size] => await ReceiveAsync(destination, int.Parse(size, CultureInfo.InvariantCulture)),
        [FillDisk, var destination] => await FillDiskAsync(destination),
        _ => 0,
    };

    /// <summary>Starts a receiver that prints, before each batch, how many bytes are verified and how many this run hands over with it, and goes on when it is sent a line.</summary>
    public static Process StartReceiver(string destination, int size) => Start("dotnet", [typeof(ChildProgram).Assembly.Location, Receive, destination, $"{size}"]);

    /// <summary>Starts a receiver on a disk of 8 MiB, which exists for it alone.</summary>
    public static Process StartOnSmallDisk(string mountPoint) =>
        Start("unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=8m none \"$0\" && exec dotnet \"$1\" " + FillDisk + " \"$0\"", mountPoint, typeof(ChildProgram).Assembly.Location]);

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true }) ?? throw new InvalidOperationException($"{program} does not start.");

    private static async Task<int> ReceiveAsync(string destination, int size)
    {
        var tree = new ReferenceTree(Pattern.Random(size, size));
        using var store = PartialStore.Open(destination, tree.Root);
        var file = await store.AddAsync(tree);
        StoreFixture.AssertHonest(store, file, tree);
        var handedOver = 0L;
        foreach (var groups in StoreFixture.Groups(file.Missing, tree).Chunk(BatchSize / TreeGeometry.GroupSize))
        {
            handedOver += Math.Min((groups[^1] + 1) * TreeGeometry.GroupSize, size) - (groups[0] * TreeGeometry.GroupSize);
            Console.WriteLine($"{file.VerifiedBytes} {handedOver}");
            Console.ReadLine();
            await file.WriteAsync(tree, [(groups[0], groups[^1] + 1)]);
        }

        StoreFixture.AssertWhole(store, file, tree);
        return 0;
    }

    private static async Task<int> FillDiskAsync(string destination)
    {
        var ballast = Path.Combine(destination, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[6 * MiB]);
        var tree = new ReferenceTree(Pattern.Random(1, 4 * MiB));
        using var store = PartialStore.Open(destination, tree.Root);
        var file = await store.AddAsync(tree);
        try
        {
            await file.CompleteAsync(tree);
        }
        catch (IOException exception)
        {
            Console.WriteLine(exception.Message);
        }

        StoreFixture.AssertHonest(store, file, tree);
        Console.WriteLine($"kept {file.VerifiedBytes >= MiB}");
        File.Delete(ballast);
        await file.CompleteAsync(tree);
        StoreFixture.AssertWhole(store, file, tree);
        Console.WriteLine("whole");
        return 0;
    }
}
