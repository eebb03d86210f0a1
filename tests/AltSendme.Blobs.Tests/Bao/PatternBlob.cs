using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Tests.Bao;

/// <summary>A blob whose bytes a test can change behind the provider's back.</summary>
internal sealed class PatternBlob : IBlob
{
    public PatternBlob(byte[] content, string name = "a blob in memory")
    {
        Content = content;
        Name = name;
        Hash = Subtree.ChainingValue(content, 0, isRoot: true);
        Outboard = content.Length > Outboard.BlockSize ? Outboard.FromBlocks(Hash, content.Length, ValuesOf(content)) : null;
    }

    public byte[] Content { get; set; }

    public Hash Hash { get; }

    public string Name { get; }

    public long Size => Content.Length;

    public Outboard? Outboard { get; }

    public int Reads { get; private set; }

    /// <summary>Byte i is (i + offset) mod 251.</summary>
    public static byte[] Pattern(int size, int offset = 0)
    {
        var content = new byte[size];
        for (var i = 0; i < size; i++)
            content[i] = (byte)((i + offset) % 251);
        return content;
    }

    public static Hash[] ValuesOf(byte[] content) =>
        [.. content.Chunk(Outboard.BlockSize).Select((block, i) => Subtree.ChainingValue(block, (ulong)i << Outboard.BlockLevel, isRoot: false))];

    public ValueTask ReadAsync(long offset, IReadOnlyList<Memory<byte>> segments, CancellationToken cancellationToken)
    {
        Reads++;
        for (var i = 0; i < segments.Count; i++)
        {
            Content.AsMemory((int)offset, segments[i].Length).CopyTo(segments[i]);
            offset += segments[i].Length;
        }

        return ValueTask.CompletedTask;
    }
}
