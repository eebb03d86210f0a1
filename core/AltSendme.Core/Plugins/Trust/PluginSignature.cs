using System.Diagnostics.CodeAnalysis;
using System.Text;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Core.Plugins.Trust;

/// <summary>
/// The detached signature of a manifest, in <c>plugin.json.sig</c>: one line of ASCII, the signer's key in its text form, a space, and the Ed25519 signature in 128 hexadecimal digits. Signed is a fixed context,
/// a zero byte and the bytes of <c>plugin.json</c>, which hold the hashes of all other files.
/// </summary>
internal static class PluginSignature
{
    public const string FileName = PluginManifest.FileName + ".sig";

    private const int MaxBytes = 512;
    private static readonly byte[] Context = "altsendme plugin manifest v1\0"u8.ToArray();

    /// <summary>Looks for the signature beside a manifest and checks it. Without a file there is no signer, and no fault.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <param name="manifest">The bytes of its manifest.</param>
    /// <param name="signer">Who signed; <see langword="null"/> when nobody did.</param>
    /// <param name="fault">Why the signature is none.</param>
    public static bool TryVerify(string folder, ReadOnlySpan<byte> manifest, out SignerKey? signer, [NotNullWhen(false)] out string? fault)
    {
        signer = null;
        fault = null;
        try
        {
            var file = new FileInfo(Path.Combine(folder, FileName));
            if (!file.Exists)
                return true;
            if (file.Length > MaxBytes || !TryRead(File.ReadAllText(file.FullName, Encoding.ASCII), out var key, out var signature))
                fault = $"{FileName} is not one line with a key and a signature";
            else if (!Ed25519.Verify(key.ToArray(), [.. Context, .. manifest], signature))
                fault = $"{FileName} is not the signature of this {PluginManifest.FileName}";
            else
                signer = key;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fault = $"{FileName} can't be read: {PluginLoader.Reason(exception)}";
        }

        return fault is null;
    }

    /// <summary>The content of the signature's file.</summary>
    public static string Make(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> manifest)
    {
        Span<byte> key = stackalloc byte[Ed25519.PublicKeyLength];
        Span<byte> signature = stackalloc byte[Ed25519.SignatureLength];
        Ed25519.DerivePublicKey(secretKey, key);
        Ed25519.Sign(secretKey, [.. Context, .. manifest], signature);
        return $"{SignerKey.Of(key)} {Convert.ToHexStringLower(signature)}\n";
    }

    private static bool TryRead(string text, out SignerKey key, [NotNullWhen(true)] out byte[]? signature)
    {
        key = default;
        signature = null;
        if (text.TrimEnd('\r', '\n').Split(' ') is not [var keyText, var signatureText] || !SignerKey.TryParse(keyText, out key))
            return false;
        var bytes = new byte[Ed25519.SignatureLength];
        if (signatureText.Length != bytes.Length * 2 || Convert.FromHexString(signatureText, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        signature = bytes;
        return true;
    }
}
