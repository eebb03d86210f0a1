using System.Security.Cryptography;
using System.Text;

namespace AltSendme.Blobs.Blake3;

/// <content>The three modes, and each of them in one call.</content>
public sealed partial class Blake3Hasher
{
    /// <summary>Makes a hasher of the keyed mode: a message authentication code or a pseudo-random function.</summary>
    /// <param name="key">32 secret bytes; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> has another length.</exception>
    public static Blake3Hasher Keyed(ReadOnlySpan<byte> key) => Create(key, NodeFlags.KeyedHash);

    /// <summary>Makes a hasher of the key derivation mode: it takes in the key material and gives keys as output.</summary>
    /// <param name="context">A constant that names the application, the date and the purpose; nothing that changes, nothing from outside.</param>
    public static Blake3Hasher KeyDerivation(string context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Span<byte> key = stackalloc byte[KeyLength];
        using (var names = new Blake3Hasher(Parameters.InitialValue, NodeFlags.DeriveKeyContext))
        {
            names.Update(Encoding.UTF8.GetBytes(context));
            names.Finish(key);
        }
        var hasher = Create(key, NodeFlags.DeriveKeyMaterial);
        CryptographicOperations.ZeroMemory(key);
        return hasher;
    }

    /// <summary>The hash of <paramref name="data"/>.</summary>
    public static Hash Hash(ReadOnlySpan<byte> data) => Subtree.ChainingValue(data, 0, isRoot: true);

    /// <summary>The keyed hash of <paramref name="data"/>: its authentication code under 32 secret bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="key"/> has another length.</exception>
    public static Hash KeyedHash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        using var hasher = Keyed(key);
        hasher.Update(data);
        return hasher.Finish();
    }

    /// <summary>Fills <paramref name="output"/> with a key derived from <paramref name="material"/>, which must be hard to guess (it is no password hash).</summary>
    /// <param name="context">See <see cref="KeyDerivation"/>.</param>
    /// <param name="material">The secret to start from.</param>
    /// <param name="output">Receives as many bytes as it holds.</param>
    public static void DeriveKey(string context, ReadOnlySpan<byte> material, Span<byte> output)
    {
        using var hasher = KeyDerivation(context);
        hasher.Update(material);
        hasher.Finish(output);
    }

    private static Blake3Hasher Create(ReadOnlySpan<byte> key, NodeFlags mode)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException($"A BLAKE3 key has {KeyLength} bytes, not {key.Length}.", nameof(key));
        var words = KeyWords.Of(key);
        var hasher = new Blake3Hasher(words, mode);
        words.Wipe();
        return hasher;
    }
}
