namespace AltSendme.Primitives.Cryptography;

/// <summary>
/// What an Ed25519 signature must satisfy before the equation is looked at, the same for every implementation. RFC 8032 leaves room in the
/// encodings; without that room nobody can turn a signature into a second valid one, or make one that holds for many messages.
/// </summary>
internal static class StrictRules
{
    private const byte SignBit = 0x80;

    /// <summary>The order of the base point, 2^252 + 27742317777372353535851937790883648493 (RFC 8032, section 5.1), least significant byte first.</summary>
    private static ReadOnlySpan<byte> GroupOrder =>
    [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];

    /// <summary>2^255 - 19, least significant byte first.</summary>
    private static ReadOnlySpan<byte> FieldPrime =>
    [
        0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
    ];

    /// <summary>The y coordinates of the eight points whose order divides the cofactor: orders 4, 1, 2, and 8 twice.</summary>
    private static ReadOnlySpan<byte> SmallOrderY =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
        0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
        0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ];

    /// <summary>Whether the encodings of a public key and a signature leave no doubt. Public values only: the time taken may depend on them.</summary>
    public static bool Admit(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature) =>
        publicKey.Length == Ed25519.PublicKeyLength
        && signature.Length == Ed25519.SignatureLength
        && IsBelow(signature[32..], GroupOrder)
        && IsAdmissiblePoint(signature[..32])
        && IsAdmissiblePoint(publicKey);

    /// <summary>Whether 32 bytes have a canonical y coordinate that is not one of a small-order point. Whether the point exists is not looked at.</summary>
    public static bool IsAdmissiblePoint(ReadOnlySpan<byte> encoded)
    {
        Span<byte> y = stackalloc byte[32];
        encoded.CopyTo(y);
        y[31] &= unchecked((byte)~SignBit);
        if (!IsBelow(y, FieldPrime))
            return false;

        for (var small = SmallOrderY; !small.IsEmpty; small = small[32..])
        {
            if (small[..32].SequenceEqual(y))
                return false;
        }

        return true;
    }

    private static bool IsBelow(ReadOnlySpan<byte> littleEndian, ReadOnlySpan<byte> bound)
    {
        for (var i = bound.Length - 1; i >= 0; i--)
        {
            if (littleEndian[i] != bound[i])
                return littleEndian[i] < bound[i];
        }

        return false;
    }
}
