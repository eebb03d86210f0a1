using System.Buffers;
using System.IO;

namespace AltSendme.Quic.Driver;

/// <summary>A log on its way to a file, in pieces large enough that the endpoint's thread hardly waits. What can no longer be written, as on a full disk, is dropped.</summary>
internal sealed class QlogFile(string path) : IBufferWriter<byte>, IDisposable
{
    private const int PieceSize = 64 << 10;

    private FileStream? _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private byte[] _buffer = new byte[PieceSize];
    private int _count;

    /// <inheritdoc />
    public void Advance(int count) => _count += count;

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var size = Math.Max(sizeHint, 1);
        if (_buffer.Length - _count < size)
            WriteOut();
        if (_buffer.Length < size)
            _buffer = new byte[size];
        return _buffer.AsMemory(_count);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Writes the rest and closes the file.</summary>
    public void Dispose()
    {
        WriteOut();
        Close();
    }

    private void WriteOut()
    {
        try
        {
            _file?.Write(_buffer, 0, _count);
        }
        catch (IOException)
        {
            Close();
        }

        _count = 0;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
