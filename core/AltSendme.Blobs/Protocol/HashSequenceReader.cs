using System.Buffers;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Protocol;

/// <summary>
/// Looks children up in a hash sequence that is being served, in windows, so that its length does not matter. The windows are not verified: a sequence that has changed leads to hashes that are
/// not there, or to other blobs that are shared anyway, and the receiver goes by the sequence that it has verified itself.
/// </summary>
internal sealed class HashSequenceReader(IBlob sequence) : IDisposable
{
    private const int WindowSize = 1024 * Hash.Length;

    private readonly byte[] _window = ArrayPool<byte>.Shared.Rent(WindowSize);
    private long _start;
    private int _length;

    /// <summary>The hash at <paramref name="index"/>, or <see langword="null"/> beyond the end.</summary>
    /// <exception cref="BlobUnavailableException">The sequence can't be read.</exception>
    public async ValueTask<Hash?> ReadAsync(ulong index, CancellationToken cancellationToken)
    {
        if (index >= (ulong)sequence.Size / Hash.Length)
            return null;
        var offset = (long)index * Hash.Length;
        if (offset < _start || offset + Hash.Length > _start + _length)
        {
            var length = (int)Math.Min(WindowSize, sequence.Size - offset);
            await sequence.ReadAsync(offset, [_window.AsMemory(0, length)], cancellationToken);
            (_start, _length) = (offset, length);
        }

        return new Hash(_window.AsSpan((int)(offset - _start), Hash.Length));
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_window);
}
