using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Text.Json;
using AltSendme.Blobs.Blake3;

namespace AltSendme.Bench.Commands;

/// <summary>Hashes a file in one thread through a memory map, as <c>b3sum --num-threads 1</c> does.</summary>
internal static class HashCommand
{
    public static unsafe int Run(string file)
    {
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
