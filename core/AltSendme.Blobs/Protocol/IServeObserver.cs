using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol.Requests;

namespace AltSendme.Blobs.Protocol;

/// <summary>
/// Watches one request being answered, for progress and for deciding when a share is done. Called in order by the task that serves; calls must be quick and must not throw.
/// Bytes are told when they are handed to the stream: that the receiver has them is known only when it says so, or ends the connection in good order.
/// </summary>
public interface IServeObserver
{
    /// <summary>A request was understood.</summary>
    /// <param name="kind">What it asks for.</param>
    /// <param name="hash">Its root; zeros for <see cref="RequestKind.GetMany"/>.</param>
    void OnRequest(RequestKind kind, Hash hash);

    /// <summary>A blob's part of the answer begins.</summary>
    /// <param name="index">0 for the root, 1 and up for children; for <see cref="RequestKind.GetMany"/> the position in the request.</param>
    /// <param name="hash">The blob.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="ranges">What was asked of it; <see cref="ChunkRanges.LastChunk"/> alone asks for its size.</param>
    void OnBlobBegun(ulong index, Hash hash, long size, ChunkRanges ranges);

    /// <summary>Content went out: at most 1 MiB a call, parents and sizes not counted.</summary>
    void OnContentSent(long bytes);

    /// <summary>A blob's part of the answer is written.</summary>
    /// <param name="index">As in <see cref="OnBlobBegun"/>.</param>
    /// <param name="hash">The blob.</param>
    /// <param name="isWhole">Whether all of it was asked for.</param>
    void OnBlobFinished(ulong index, Hash hash, bool isWhole);
}
