using System.Buffers;

namespace AltSendme.Quic.Datagrams;

/// <summary>Unreliable datagrams that wait, to be sent or to be read (RFC 9221, section 5). Bounded in bytes: when full, the oldest give way, for the newest tell most.</summary>
internal sealed class DatagramQueue(int maxBytes) : IDisposable
{
    // Each queued datagram also costs its bookkeeping, or a flood of empty ones would be free.
    private const int Overhead = 64;

    private readonly Queue<ArraySegment<byte>> _waiting = new();
    private int _bytes;

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>How many gave way.</summary>
    public ulong Dropped { get; private set; }

    /// <summary>Bytes of the first one.</summary>
    public int NextLength => _waiting.Peek().Count;

    /// <summary>Appends a copy.</summary>
    public void Enqueue(ReadOnlySpan<byte> bytes)
    {
        while (_waiting.Count > 0 && _bytes + bytes.Length + Overhead > maxBytes)
        {
            Drop();
            Dropped++;
        }

        var copy = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length, 1));
        bytes.CopyTo(copy);
        _waiting.Enqueue(new ArraySegment<byte>(copy, 0, bytes.Length));
        _bytes += bytes.Length + Overhead;
    }

    /// <summary>The first one; valid until the next call.</summary>
    public ReadOnlySpan<byte> Peek() => _waiting.Peek();

    /// <summary>Removes the first one.</summary>
    public void Drop()
    {
        var first = _waiting.Dequeue();
        _bytes -= first.Count + Overhead;
        ArrayPool<byte>.Shared.Return(first.Array!);
    }

    /// <summary>Removes all.</summary>
    public void Dispose()
    {
        while (_waiting.Count > 0)
            Drop();
    }
}
