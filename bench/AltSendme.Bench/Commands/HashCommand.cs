using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Text.Json;
using AltSendme.Blobs.Blake3;

namespace AltSendme.Bench.Commands;

/// <summary>Hashes a file in one thread through a memory map, as <c>b3sum --num-threads 1</c> does.</summary>
internal static class HashCommand
{
    private const int WarmUp = 1 << 20;

    public static unsafe int Run(string file)
    {
        // The kernels are compiled at first use, some 30 ms that do not depend on the file: the row with both processes counts them, this one does not.
        Subtree.ChainingValue(new byte[WarmUp], firstChunk: 0, isRoot: true);
        var clock = Stopwatch.StartNew();
        var length = checked((int)new FileInfo(file).Length);
        using var map = MemoryMappedFile.CreateFromFile(file, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        using var view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            var hash = Subtree.ChainingValue(new ReadOnlySpan<byte>(start, length), firstChunk: 0, isRoot: true);
            Console.WriteLine(JsonSerializer.Serialize(new { type = "hashed", milliseconds = clock.Elapsed.TotalMilliseconds, hash = hash.ToString() }));
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
        return 0;
    }
}
