using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AltSendme.Primitives.Cryptography;
using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>ChaCha20-based header protection (RFC 9001, section 5.4.4): the sample is a block counter and a nonce, the mask the start of that block of key stream.</summary>
internal sealed class ChaCha20HeaderProtection : HeaderProtection
{
    private readonly uint[] _key = new uint[8];

    public ChaCha20HeaderProtection(ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < _key.Length; i++)
            _key[i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(i * sizeof(uint))..]);
    }

    /// <inheritdoc />
    public override void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_key.AsSpan()));

    /// <inheritdoc />
    protected override void ComputeChecked(ReadOnlySpan<byte> samples, Span<byte> masks)
    {
        for (var at = 0; at < samples.Length; at += CryptoConstants.SampleLength)
        {
            var sample = samples.Slice(at, CryptoConstants.SampleLength);
            ChaCha20Block.ComputeFirst(_key, BinaryPrimitives.ReadUInt32LittleEndian(sample), sample[sizeof(uint)..], masks[at..]);
        }
    }
}
