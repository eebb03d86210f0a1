using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AltSendme.Blobs.Blake3;

/// <summary>A node whose last compression is still to come: only then it is known whether the node is the root, and of a root how much output is wanted.</summary>
internal struct Node
{
    private const int Words = 16;

    private State _state;
    private Bytes _block;
    private int _length;
    private ulong _counter;
    private NodeFlags _flags;

    /// <summary>The chunk that has this content, at most 1024 bytes; empty only as the root of the empty blob.</summary>
    public static Node OfChunk(ReadOnlySpan<byte> content, ulong chunk, in TreeMode mode)
    {
        Debug.Assert(content.Length <= Parameters.ChunkLength);
        var node = default(Node);
        Span<uint> state = node._state;
        mode.Key.CopyTo(state);
        var flags = mode.Flags | NodeFlags.ChunkStart;
        for (; content.Length > Parameters.BlockLength; content = content[Parameters.BlockLength..])
        {
            Compression.Compress(state[..8], content[..Parameters.BlockLength], Parameters.BlockLength, chunk, flags, state);
            flags = mode.Flags;
        }
        content.CopyTo(node._block);
        node._length = content.Length;
        node._counter = chunk;
        node._flags = flags | NodeFlags.ChunkEnd;
        return node;
    }

    /// <summary>The parent of two chaining values, given side by side in 64 bytes.</summary>
    public static Node OfParent(ReadOnlySpan<byte> children, in TreeMode mode)
    {
        var node = default(Node);
        mode.Key.CopyTo(node._state);
        children.CopyTo(node._block);
        node._length = Parameters.BlockLength;
        node._flags = mode.Flags | NodeFlags.Parent;
        return node;
    }

    /// <summary>Writes the 32 bytes of the chaining value, for a node that is not the root.</summary>
    public readonly void WriteValue(Span<byte> destination) => Write(_counter, _flags, destination[..Parameters.ValueLength]);

    /// <summary>Writes the output of the root from byte <paramref name="seek"/> on, as much as <paramref name="destination"/> holds.</summary>
    public readonly void WriteRoot(Span<byte> destination, ulong seek = 0)
    {
        const int Length = Parameters.BlockLength;
        var counter = seek / Length;
        var skip = (int)(seek % Length);
        if (skip != 0 && !destination.IsEmpty)
        {
            Span<byte> whole = stackalloc byte[Length];
            Write(counter++, _flags | NodeFlags.Root, whole);
            var taken = Math.Min(Length - skip, destination.Length);
            whole.Slice(skip, taken).CopyTo(destination);
            destination = destination[taken..];
        }
        for (; !destination.IsEmpty; destination = destination[Math.Min(Length, destination.Length)..])
            Write(counter++, _flags | NodeFlags.Root, destination[..Math.Min(Length, destination.Length)]);
    }

    /// <summary>The first 32 bytes of the root's output.</summary>
    public readonly Hash RootHash()
    {
        Span<byte> bytes = stackalloc byte[Parameters.ValueLength];
        WriteRoot(bytes);
        return new Hash(bytes);
    }

    /// <summary>The chaining value, or the hash when the node is the root.</summary>
    public readonly Hash ToHash(bool isRoot)
    {
        if (isRoot)
            return RootHash();
        Span<byte> bytes = stackalloc byte[Parameters.ValueLength];
        WriteValue(bytes);
        return new Hash(bytes);
    }

    private readonly void Write(ulong counter, NodeFlags flags, Span<byte> destination)
    {
        Span<uint> words = stackalloc uint[Words];
        Compression.Compress(((ReadOnlySpan<uint>)_state)[..8], _block, _length, counter, flags, words);
        Span<byte> bytes = stackalloc byte[Words * sizeof(uint)];
        for (var i = 0; i < Words; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(i * sizeof(uint))..], words[i]);
        bytes[..destination.Length].CopyTo(destination);
    }

    [InlineArray(Words)]
    private struct State
    {
        private uint _first;
    }

    [InlineArray(Parameters.BlockLength)]
    private struct Bytes
    {
        private byte _first;
    }
}
