using AltSendme.Primitives.Cryptography;

namespace AltSendme.Core.Plugins.Trust;

/// <summary>Who signs plugins: an Ed25519 public key. Text form: 64 lower-case hexadecimal digits, as administrators write it into a policy.</summary>
public readonly record struct SignerKey
{
    private SignerKey(string text) => Text = text;

    /// <summary>The text form.</summary>
    public string Text { get; }

    /// <summary>Reads the text form; digits of either case.</summary>
    public static bool TryParse(string? text, out SignerKey key)
    {
        key = default;
        Span<byte> bytes = stackalloc byte[Ed25519.PublicKeyLength];
        if (text is not { Length: Ed25519.PublicKeyLength * 2 } || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done || !Ed25519.IsPublicKey(bytes))
            return false;
        key = Of(bytes);
        return true;
    }

    /// <summary>The key's 32 bytes.</summary>
    public byte[] ToArray() => Convert.FromHexString(Text);

    internal static SignerKey Of(ReadOnlySpan<byte> publicKey) => new(Convert.ToHexStringLower(publicKey));

    /// <inheritdoc/>
    public override string ToString() => Text;
}
