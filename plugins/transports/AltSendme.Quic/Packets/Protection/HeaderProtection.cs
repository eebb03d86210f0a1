using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>Masks that hide packet numbers and the low bits of the first byte (RFC 9001, section 5.4). Owned by one direction of one connection; disposing zeroes the key.</summary>
internal abstract class HeaderProtection : IDisposable
{
    /// <summary>The algorithm of <paramref name="suite"/>, on the processor's AES instructions where there are any.</summary>
    public static HeaderProtection Create(CipherSuite suite, ReadOnlySpan<byte> key)
    {
        if (suite.Id == CipherSuiteId.ChaCha20Poly1305)
            return new ChaCha20HeaderProtection(key);
        return AesRounds.IsSupported ? new AesHeaderProtection(key) : new PlatformAesHeaderProtection(key);
    }

    /// <summary>One 16-byte sample a packet in, one mask of 16 bytes a packet out (the first 5 count); the spans may be the same.</summary>
    /// <exception cref="ArgumentException">A span is no multiple of 16 bytes, or the masks do not fit.</exception>
    public void Compute(ReadOnlySpan<byte> samples, Span<byte> masks)
    {
        if (samples.Length % CryptoConstants.SampleLength != 0 || masks.Length < samples.Length)
            throw new ArgumentException("Samples come in units of 16 bytes, and as many bytes of masks must fit.");
        ComputeChecked(samples, masks[..samples.Length]);
    }

    /// <inheritdoc />
    public abstract void Dispose();

    /// <summary>Lengths are checked: equal, and a multiple of 16.</summary>
    protected abstract void ComputeChecked(ReadOnlySpan<byte> samples, Span<byte> masks);
}
