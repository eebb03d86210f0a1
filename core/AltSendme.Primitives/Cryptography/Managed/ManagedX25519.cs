using System.Security.Cryptography;

namespace AltSendme.Primitives.Cryptography.Managed;

/// <summary>X25519 by the Montgomery ladder (RFC 7748, section 5) for platforms without libcrypto.</summary>
internal sealed class ManagedX25519 : IX25519
{
    private const int TopScalarBit = 254;

    /// <summary>(A - 2) / 4 for curve25519, where A = 486662.</summary>
    private static readonly FieldElement A24 = FieldElement.FromNumber(121665);

    private static ReadOnlySpan<byte> BasePoint => [9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public IX25519Key Open(ReadOnlySpan<byte> secretKey) => new Key(secretKey);

    public void DerivePublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey) => Multiply(secretKey, BasePoint, publicKey);

    public bool TryAgree(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret)
    {
        Multiply(secretKey, peerPublicKey, sharedSecret);

        byte any = 0;
        foreach (var value in sharedSecret)
            any |= value;
        return any != 0;
    }

    private static void Multiply(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> u, Span<byte> result)
    {
        Span<byte> scalar = stackalloc byte[X25519.KeyLength];
        secretKey.CopyTo(scalar);
        scalar[0] &= 0xF8;
        scalar[31] &= 0x7F;
        scalar[31] |= 0x40;

        var x1 = FieldElement.FromBytes(u);
        FieldElement x2 = FieldElement.One, z2 = FieldElement.Zero, x3 = x1, z3 = FieldElement.One;
        ulong swapped = 0;
        for (var bit = TopScalarBit; bit >= 0; bit--)
        {
            var current = ((ulong)scalar[bit >> 3] >> (bit & 7)) & 1;
            Swap(ref x2, ref x3, swapped ^ current);
            Swap(ref z2, ref z3, swapped ^ current);
            swapped = current;

            var a = x2 + z2;
            var b = x2 - z2;
            var da = (x3 - z3) * a;
            var cb = (x3 + z3) * b;
            var aa = a.Square();
            var bb = b.Square();
            var e = aa - bb;
            x3 = (da + cb).Square();
            z3 = x1 * (da - cb).Square();
            x2 = aa * bb;
            z2 = e * (aa + (A24 * e));
        }

        Swap(ref x2, ref x3, swapped);
        Swap(ref z2, ref z3, swapped);
        (x2 * z2.Invert()).ToBytes(result);
        CryptographicOperations.ZeroMemory(scalar);
    }

    private static void Swap(ref FieldElement a, ref FieldElement b, ulong choice)
    {
        var first = FieldElement.Select(a, b, choice);
        b = FieldElement.Select(b, a, choice);
        a = first;
    }

    private sealed class Key : IX25519Key
    {
        private readonly ManagedX25519 _implementation = new();
        private readonly byte[] _secret = GC.AllocateArray<byte>(X25519.KeyLength, pinned: true);
        private readonly byte[] _public = new byte[X25519.KeyLength];

        public Key(ReadOnlySpan<byte> secretKey)
        {
            secretKey.CopyTo(_secret);
            _implementation.DerivePublicKey(_secret, _public);
        }

        public void CopyPublicKeyTo(Span<byte> publicKey) => _public.CopyTo(publicKey);

        public bool TryAgree(ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret) => _implementation.TryAgree(_secret, peerPublicKey, sharedSecret);

        public void Dispose() => CryptographicOperations.ZeroMemory(_secret);
    }
}
