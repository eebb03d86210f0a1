using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>
/// Key expansion and encryption of single AES blocks (FIPS 197) on the processor's instructions, in constant time. Only header protection uses it: the platform's one-shot call costs 1.6 microseconds a block,
/// this a few nanoseconds.
/// </summary>
internal static class AesRounds
{
    /// <summary>Round keys of AES-256, the longest.</summary>
    public const int MaxRoundKeys = 15;

    private static ReadOnlySpan<byte> RoundConstants => [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x1b, 0x36];

    /// <summary>Whether this processor has AES instructions that .NET knows.</summary>
    public static bool IsSupported => BitConverter.IsLittleEndian && (X86Aes.IsSupported || ArmAes.IsSupported);

    /// <summary>Expands a key of 16 or 32 bytes (FIPS 197, section 5.2) and returns the number of round keys: 11 or 15.</summary>
    public static int ExpandKey(ReadOnlySpan<byte> key, Span<Vector128<byte>> roundKeys)
    {
        var keyWords = key.Length / sizeof(uint);
        var count = keyWords + 7;
        var words = MemoryMarshal.Cast<Vector128<byte>, uint>(roundKeys[..count]);
        MemoryMarshal.Cast<byte, uint>(key).CopyTo(words);
        for (var i = keyWords; i < words.Length; i++)
        {
            var word = words[i - 1];
            if (i % keyWords == 0)
                word = SubWord(uint.RotateRight(word, 8)) ^ RoundConstants[(i / keyWords) - 1];
            else if (keyWords > 6 && i % keyWords == 4)
                word = SubWord(word);
            words[i] = words[i - keyWords] ^ word;
        }

        return count;
    }

    /// <summary>Encrypts one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Encrypt(Vector128<byte> block, ReadOnlySpan<Vector128<byte>> roundKeys)
    {
        if (X86Aes.IsSupported)
        {
            block ^= roundKeys[0];
            for (var i = 1; i < roundKeys.Length - 1; i++)
                block = X86Aes.Encrypt(block, roundKeys[i]);
            return X86Aes.EncryptLast(block, roundKeys[^1]);
        }

        for (var i = 0; i < roundKeys.Length - 2; i++)
            block = ArmAes.MixColumns(ArmAes.Encrypt(block, roundKeys[i]));
        return ArmAes.Encrypt(block, roundKeys[^2]) ^ roundKeys[^1];
    }

    /// <summary>The S-box on four bytes. With four equal columns the last round's ShiftRows changes nothing, so that only SubBytes remains.</summary>
    private static uint SubWord(uint word)
    {
        var columns = Vector128.Create(word).AsByte();
        var substituted = X86Aes.IsSupported
            ? X86Aes.EncryptLast(columns, Vector128<byte>.Zero)
            : ArmAes.Encrypt(columns, Vector128<byte>.Zero);
        return substituted.AsUInt32().ToScalar();
    }
}
