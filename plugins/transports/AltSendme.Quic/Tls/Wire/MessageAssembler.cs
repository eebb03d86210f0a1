namespace AltSendme.Quic.Tls.Wire;

/// <summary>Cuts the bytes of CRYPTO frames into handshake messages (RFC 8446, section 4). Copies only a message that came in pieces, and never more than the limit.</summary>
internal sealed class MessageAssembler
{
    /// <summary>Bytes of the type and the length in front of each message.</summary>
    public const int HeaderLength = 4;

    /// <summary>The longest message that is accepted. A raw-public-key handshake needs under 1 KiB; the rest is for offers of key shares that are larger than ours.</summary>
    public const int MaxMessageLength = 16 * 1024;

    private byte[] _partial = [];
    private int _length;

    /// <summary>
    /// Takes the next message, header included, from what waits and the front of <paramref name="bytes"/>, which moves on. False when it is not whole yet, or with an <paramref name="error"/>.
    /// The message is valid until the next call.
    /// </summary>
    public bool TryTake(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> message, out TransportError error)
    {
        message = default;
        error = default;
        if (_length == 0 && TryGetLength(bytes, out var whole) && bytes.Length >= whole)
        {
            if (!Fits(whole, out error))
                return false;
            message = bytes[..whole];
            bytes = bytes[whole..];
            return true;
        }

        Fill(ref bytes, HeaderLength);
        if (!TryGetLength(_partial.AsSpan(0, _length), out whole) || !Fits(whole, out error))
            return false;

        Fill(ref bytes, whole);
        if (_length < whole)
            return false;

        _length = 0;
        message = _partial.AsSpan(0, whole);
        return true;
    }

    private static bool TryGetLength(ReadOnlySpan<byte> bytes, out int whole)
    {
        var known = bytes.Length >= HeaderLength;
        whole = known ? HeaderLength + ((bytes[1] << 16) | (bytes[2] << 8) | bytes[3]) : 0;
        return known;
    }

    private static bool Fits(int whole, out TransportError error)
    {
        var fits = whole <= MaxMessageLength;
        error = fits ? default : new TransportError(TransportErrorCode.CryptoBufferExceeded, "A handshake message is longer than 16 KiB");
        return fits;
    }

    private void Fill(ref ReadOnlySpan<byte> bytes, int wanted)
    {
        var count = Math.Min(wanted - _length, bytes.Length);
        if (count <= 0)
            return;
        if (_partial.Length < _length + count)
            Array.Resize(ref _partial, Math.Max(_length + count, Math.Min(2 * _partial.Length, MaxMessageLength)));
        bytes[..count].CopyTo(_partial.AsSpan(_length));
        _length += count;
        bytes = bytes[count..];
    }
}
