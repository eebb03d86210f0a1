using System.Buffers;

namespace AltSendme.Relays.Server.Clients;

/// <summary>A rented buffer with whole frames in it, ready for the wire. Reused by the queue that made it.</summary>
internal sealed class Chunk
{
    private byte[] _bytes = [];

    public int Start { get; set; }

    public int End { get; private set; }

    /// <summary>Frames between the two.</summary>
    public int Frames { get; set; }

    public int Room => _bytes.Length - End;

    public ReadOnlySpan<byte> Unsent => _bytes.AsSpan(Start, End - Start);

    public ReadOnlyMemory<byte> UnsentMemory => _bytes.AsMemory(Start, End - Start);

    public void Rent(int size)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(size);
        Start = End = Frames = 0;
    }

    /// <summary>Room for one frame more, of which every byte is written by the caller.</summary>
    public Span<byte> Append(int length)
    {
        var place = _bytes.AsSpan(End, length);
        End += length;
        Frames++;
        return place;
    }

    public void Release()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Start = End = Frames = 0;
    }
}
