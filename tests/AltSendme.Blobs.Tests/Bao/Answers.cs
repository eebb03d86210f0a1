using System.Buffers;
using System.IO.Pipelines;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Tests.Bao;

/// <summary>Encoder and verifier, each by itself.</summary>
internal static class Answers
{
    /// <summary>Whole answers fit without anybody reading.</summary>
    public static readonly PipeOptions Unlimited = new(pauseWriterThreshold: 0, useSynchronizationContext: false);

    public static async Task<byte[]> EncodeAsync(IBlob blob, ChunkRanges ranges)
    {
        var pipe = new Pipe(Unlimited);
        Assert.True(await new RangeEncoder(pipe.Writer, null).WriteAsync(blob, ranges, default));
        await pipe.Writer.CompleteAsync();
        return await ReadAllAsync(pipe.Reader);
    }

    /// <summary>Verifies <paramref name="answer"/>; <paramref name="pieces"/> is the length of the pieces in which it lies in memory, 0 for one.</summary>
    public static async Task<CollectingSink> VerifyAsync(byte[] answer, Hash hash, ChunkRanges ranges, int pieces = 0, CollectingSink? sink = null)
    {
        sink ??= new CollectingSink();
        using var verifier = new RangeVerifier(PipeReader.Create(InPieces(answer, pieces)));
        await verifier.ReadAsync(hash, ranges, sink, default);
        return sink;
    }

    public static ReadOnlySequence<byte> InPieces(byte[] bytes, int length)
    {
        if (length == 0 || bytes.Length == 0)
            return new ReadOnlySequence<byte>(bytes);
        Piece? first = null, last = null;
        for (var i = 0; i < bytes.Length; i += length)
        {
            last = new Piece(bytes.AsMemory(i, Math.Min(length, bytes.Length - i)), last);
            first ??= last;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    public static async Task<byte[]> ReadAllAsync(PipeReader reader)
    {
        using var bytes = new MemoryStream();
        await reader.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? previous)
        {
            Memory = memory;
            RunningIndex = previous is null ? 0 : previous.RunningIndex + previous.Memory.Length;
            if (previous is not null)
                previous.Next = this;
        }
    }
}
