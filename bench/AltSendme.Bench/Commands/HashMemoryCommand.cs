using System.Diagnostics;
using System.Text.Json;
using AltSendme.Blobs.Blake3;

namespace AltSendme.Bench.Commands;

/// <summary>Hashes 1 GiB from memory in one thread: the kernel alone, without page faults. The first pass lets the compiler finish its work.</summary>
internal static class HashMemoryCommand
{
    private const int BufferSize = 64 << 20;
    private const int Passes = 16;

    public static int Run()
    {
        var buffer = new byte[BufferSize];
        new Random(20263).NextBytes(buffer);
        Subtree.ChainingValue(buffer, firstChunk: 0, isRoot: true);

        var clock = Stopwatch.StartNew();
        for (var pass = 0; pass < Passes; pass++)
            Subtree.ChainingValue(buffer, firstChunk: 0, isRoot: true);
        Console.WriteLine(JsonSerializer.Serialize(new { type = "hashed", milliseconds = clock.Elapsed.TotalMilliseconds }));
        return 0;
    }
}
