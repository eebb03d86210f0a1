using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace AltSendme.Blobs.Blake3;

/// <summary>
/// BLAKE3 over bytes that come in pieces, in its three modes and with output of any length (BLAKE3 paper, section 2). Not for use by two threads at once. Dispose it: keys are wiped then.
/// </summary>
/// <remarks>Pieces of any size are fast: small ones are gathered until they fill the vector lanes, large ones are hashed where they lie.</remarks>
public sealed partial class Blake3Hasher : IDisposable
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = Parameters.ValueLength;

    private const int GroupChunks = 16;
    private const int GroupLength = GroupChunks * Parameters.ChunkLength;

    private readonly NodeFlags _flags;
    private readonly byte[] _pending = ArrayPool<byte>.Shared.Rent(GroupLength);
    private KeyWords _key;
    private Subtrees _subtrees;
    private int _subtreeCount;
    private ulong _groups;
    private int _pendingLength;
    private bool _isDisposed;

    /// <summary>Makes a hasher of the plain mode.</summary>
    public Blake3Hasher()
        : this(Parameters.InitialValue, NodeFlags.None)
    {
    }

    private Blake3Hasher(ReadOnlySpan<uint> key, NodeFlags flags)
    {
        key.CopyTo(_key);
        _flags = flags;
    }

    private TreeMode Mode => new(_key, _flags);

    /// <summary>Takes in <paramref name="data"/>.</summary>
    public void Update(ReadOnlySpan<byte> data)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        while (!data.IsEmpty)
        {
            var taken = _pendingLength == 0 && data.Length > GroupLength ? HashInPlace(data) : Gather(data);
            data = data[taken..];
        }
    }

    /// <summary>
    /// Writes the output for all that was taken in so far, from byte <paramref name="seek"/> of the endless output on. May be called again, and more may be taken in afterwards.
    /// </summary>
    public void Finish(Span<byte> output, ulong seek = 0)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Top().WriteRoot(output, seek);
    }

    /// <summary>The hash of all that was taken in so far: the first 32 bytes of the output.</summary>
    public Hash Finish()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Top().RootHash();
    }

    /// <summary>Forgets what was taken in; key and mode stay.</summary>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _subtreeCount = 0;
        _groups = 0;
        _pendingLength = 0;
    }

    /// <summary>Wipes key and content.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _key.Wipe();
        CryptographicOperations.ZeroMemory(_pending);
        ArrayPool<byte>.Shared.Return(_pending);
    }

    private int Gather(ReadOnlySpan<byte> data)
    {
        // A full group waits for the byte after it: without one, it may be the root.
        if (_pendingLength == GroupLength)
        {
            Push(_pending.AsSpan(0, GroupLength));
            _pendingLength = 0;
            return 0;
        }
        var taken = Math.Min(data.Length, GroupLength - _pendingLength);
        data[..taken].CopyTo(_pending.AsSpan(_pendingLength));
        _pendingLength += taken;
        return taken;
    }

    private int HashInPlace(ReadOnlySpan<byte> data)
    {
        // The largest complete subtree that may begin here and leaves at least one byte.
        var groups = (ulong)(data.Length - 1) / GroupLength;
        while ((groups & (groups - 1)) != 0)
            groups &= groups - 1;
        while ((_groups & (groups - 1)) != 0)
            groups >>= 1;
        var length = (int)groups * GroupLength;
        Push(data[..length]);
        return length;
    }

    // Joins equal neighbours like a binary counter: after n groups there is a subtree for each bit set in n. More content follows for sure, so none of the parents is the root.
    [SkipLocalsInit]
    private void Push(ReadOnlySpan<byte> subtree)
    {
        Span<byte> children = stackalloc byte[Parameters.BlockLength];
        var right = children[Parameters.ValueLength..];
        Kernels.Best.Top(subtree, _groups * GroupChunks, Mode).WriteValue(right);
        var size = (ulong)(subtree.Length / GroupLength);
        for (; (_groups & size) != 0; _groups -= size, size <<= 1)
        {
            _subtrees[--_subtreeCount].CopyTo(children);
            Node.OfParent(children, Mode).WriteValue(right);
        }
        _subtrees[_subtreeCount++] = new Hash(right);
        _groups += size;
    }

    [SkipLocalsInit]
    private Node Top()
    {
        var top = Kernels.Best.Top(_pending.AsSpan(0, _pendingLength), _groups * GroupChunks, Mode);
        Span<byte> children = stackalloc byte[Parameters.BlockLength];
        for (var i = _subtreeCount - 1; i >= 0; i--)
        {
            _subtrees[i].CopyTo(children);
            top.WriteValue(children[Parameters.ValueLength..]);
            top = Node.OfParent(children, Mode);
        }
        return top;
    }

    // 2^64 bytes are 2^50 groups.
    [InlineArray(50)]
    private struct Subtrees
    {
        private Hash _first;
    }
}
