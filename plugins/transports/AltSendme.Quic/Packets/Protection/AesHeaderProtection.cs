using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>AES-based header protection (RFC 9001, section 5.4.3) on the processor's instructions: the mask is the encrypted sample.</summary>
internal sealed class AesHeaderProtection : HeaderProtection
{
    private readonly Vector128<byte>[] _roundKeys = new Vector128<byte>[AesRounds.MaxRoundKeys];
    private readonly int _count;

    public AesHeaderProtection(ReadOnlySpan<byte> key) => _count = AesRounds.ExpandKey(key, _roundKeys);

    /// <inheritdoc />
    public override void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_roundKeys.AsSpan()));

    /// <inheritdoc />
    protected override void ComputeChecked(ReadOnlySpan<byte> samples, Span<byte> masks)
    {
        ReadOnlySpan<Vector128<byte>> roundKeys = _roundKeys.AsSpan(0, _count);
        for (var at = 0; at < samples.Length; at += CryptoConstants.SampleLength)
            AesRounds.Encrypt(Vector128.Create(samples.Slice(at, CryptoConstants.SampleLength)), roundKeys).CopyTo(masks[at..]);
    }
}
