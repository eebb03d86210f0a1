using AltSendme.Bench.Contenders;

namespace AltSendme.Bench;

/// <summary>What all rows share: a folder on a real disk, the two contenders and the material that they transfer.</summary>
/// <param name="folder">Removed by whoever made it.</param>
/// <param name="peers">The folder that holds the peers' <c>node_modules</c>; <see langword="null"/> where there are none.</param>
/// <param name="ours">The program that is measured.</param>
internal sealed class Workbench(string folder, string? peers, AltSendmeContender ours)
{
    private const int MiB = 1 << 20;
    private const int SmallFileCount = 10_000;
    private const int SmallFileSize = 4096;
    private const int Seed = 20261;

    private int _scratchFolders;

    /// <summary>How often each contender runs; its figure is the median.</summary>
    public int Repetitions { get; } = int.TryParse(Environment.GetEnvironmentVariable("BENCH_REPETITIONS"), out var count) ? count : 3;

    /// <summary>The program as it is shipped.</summary>
    public AltSendmeContender Ours { get; } = ours;

    /// <summary>It with the iroh transport alone.</summary>
    public AltSendmeContender OverIroh { get; } = ours.With("altsendme.iroh");

    /// <summary>It with the TLS transport alone.</summary>
    public AltSendmeContender OverTls { get; } = ours.With("altsendme.tls");

    /// <summary>It with the MsQuic transport alone; <see langword="null"/> where the platform's QUIC is missing.</summary>
    public AltSendmeContender? OverMsQuic { get; } = OperatingSystem.IsLinux() && System.Net.Quic.QuicConnection.IsSupported ? ours.With("altsendme.msquic") : null;

    /// <summary>The peer.</summary>
    public IrohContender Iroh { get; } = new(peers ?? throw new InvalidOperationException("PEERS is not set: start this through bench/run."));

    /// <summary>1 GiB of bytes without a pattern, in the page cache.</summary>
    public string GibibyteFile => Made("gibibyte.bin", path => WriteNoise(path, 1024));

    /// <summary>A file of 4 KiB.</summary>
    public string SmallFile => Made("small.bin", path =>
    {
        var content = new byte[SmallFileSize];
        new Random(Seed).NextBytes(content);
        File.WriteAllBytes(path, content);
    });

    /// <summary>A file of 10 MiB.</summary>
    public string MediumFile => Made("medium.bin", static path => WriteNoise(path, 10));

    /// <summary>A folder of 10,000 files of 4 KiB.</summary>
    public string SmallFiles => Made("small-files", WriteSmallFiles);

    /// <summary>A file of that many GiB that takes no disk space: only memory is measured with it.</summary>
    public string SparseFile(int gibibytes) => Made($"sparse-{gibibytes}.bin", path =>
    {
        using var file = File.Create(path);
        file.SetLength(gibibytes * 1024L * MiB);
    });

    /// <summary>A new folder; whoever disposes it removes it and all that is in it.</summary>
    public Scratch NewScratch() => new(Path.Combine(folder, $"scratch-{_scratchFolders++}"));

    private string Made(string name, Action<string> make)
    {
        var path = Path.Combine(folder, name);
        if (!Path.Exists(path))
            make(path);
        return path;
    }

    private static void WriteNoise(string path, int mebibytes)
    {
        var random = new Random(Seed);
        var block = new byte[MiB];
        using var file = File.Create(path);
        for (var i = 0; i < mebibytes; i++)
        {
            random.NextBytes(block);
            file.Write(block);
        }
    }

    private static void WriteSmallFiles(string path)
    {
        var random = new Random(Seed);
        var content = new byte[SmallFileSize];
        for (var i = 0; i < SmallFileCount; i++)
        {
            var directory = Directory.CreateDirectory(Path.Combine(path, $"folder-{i % 100:00}"));
            random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(directory.FullName, $"file-{i:00000}.bin"), content);
        }
    }
}
