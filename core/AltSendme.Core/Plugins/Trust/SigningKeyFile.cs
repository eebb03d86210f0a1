using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Core.Plugins.Trust;

/// <summary>A signer's secret key in a PEM file, as <c>openssl genpkey -algorithm ed25519</c> writes it (PKCS #8, RFC 8410, section 7).</summary>
internal static class SigningKeyFile
{
    private const string Label = "PRIVATE KEY";

    /// <summary>Everything of such a key but its last 32 bytes: version 0, the algorithm 1.3.101.112, a string in a string.</summary>
    private static readonly byte[] Head = Convert.FromHexString("302e020100300506032b657004220420");

    /// <summary>Reads a key out of the text of a PEM file.</summary>
    public static bool TryRead(ReadOnlySpan<char> pem, [NotNullWhen(true)] out byte[]? secretKey)
    {
        secretKey = null;
        if (!PemEncoding.TryFind(pem, out var fields) || !pem[fields.Label].SequenceEqual(Label))
            return false;
        var bytes = new byte[fields.DecodedDataLength];
        if (!Convert.TryFromBase64Chars(pem[fields.Base64Data], bytes, out var length) || length != Head.Length + Ed25519.SecretKeyLength || !bytes.AsSpan().StartsWith(Head))
            return false;
        secretKey = bytes[Head.Length..];
        return true;
    }

    /// <summary>Makes a key and writes it to a file that only the user can read.</summary>
    /// <exception cref="IOException">The file exists, or can't be written.</exception>
    public static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(PemEncoding.Write(Label, [.. Head, .. RandomNumberGenerator.GetBytes(Ed25519.SecretKeyLength)]));
    }
}
