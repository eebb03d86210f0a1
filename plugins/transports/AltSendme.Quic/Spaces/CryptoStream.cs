using AltSendme.Quic.Crypto;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Spaces;

/// <summary>CRYPTO data of one level, both ways (RFC 9000, section 7.5). It has no flow control, so what a peer may send ahead is limited here.</summary>
internal sealed class CryptoStream : IDisposable
{
    private static readonly TransportError TooMuch = new(TransportErrorCode.CryptoBufferExceeded, "More CRYPTO data than can be buffered", Frames.FrameType.Crypto);

    private readonly ReassemblyBuffer _received = new();

    /// <summary>What we send.</summary>
    public SendBuffer Outgoing { get; } = new();

    /// <summary>Whether there is something to send.</summary>
    public bool HasWork => Outgoing.HasLost || Outgoing.HasFresh;

    /// <summary>Takes a frame and hands on what is in order.</summary>
    public bool OnData(ulong offset, ReadOnlySpan<byte> data, EncryptionLevel level, ICryptoSession session, out TransportError error)
    {
        error = TooMuch;
        if (offset + (ulong)data.Length > _received.ReadOffset + Limits.CryptoBuffer || !_received.Insert(offset, data))
            return false;

        error = default;
        while (!_received.Peek().IsEmpty)
        {
            var bytes = _received.Peek();
            if (!session.TryReceive(level, bytes, out error))
                return false;
            _received.Skip(bytes.Length);
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Outgoing.Dispose();
        _received.Dispose();
    }
}
