using System.Security.Cryptography;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>AES-based header protection (RFC 9001, section 5.4.3) where the processor has no AES instructions that .NET knows. One call a batch, since a call costs more than a block.</summary>
internal sealed class PlatformAesHeaderProtection : HeaderProtection
{
    private readonly Aes _aes = Aes.Create();

    public PlatformAesHeaderProtection(ReadOnlySpan<byte> key) => _aes.SetKey(key);

    /// <inheritdoc />
    public override void Dispose() => _aes.Dispose();

    /// <inheritdoc />
    protected override void ComputeChecked(ReadOnlySpan<byte> samples, Span<byte> masks) => _aes.EncryptEcb(samples, masks, PaddingMode.None);
}
