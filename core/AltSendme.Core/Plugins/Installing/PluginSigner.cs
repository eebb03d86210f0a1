using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Plugins.Trust;

namespace AltSendme.Core.Plugins.Installing;

/// <summary>Makes a plugin's folder ready to be given away: puts the hashes of its files into the manifest, and signs that.</summary>
public static class PluginSigner
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes a key pair and writes the secret key to a new PEM file.</summary>
    /// <exception cref="PluginException"><c>plugin.package</c>: the file exists, or can't be written.</exception>
    public static void CreateKey(string file) => Guard(file, () => SigningKeyFile.Create(file));

    /// <summary>Hashes and signs. The manifest is written anew when its hashes are not those of the files; comments in it are lost then.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <param name="keyFile">PEM file with the signer's secret Ed25519 key.</param>
    /// <returns>The signer.</returns>
    /// <exception cref="PluginException"><c>plugin.package</c>: the key or the folder can't be used.</exception>
    public static SignerKey Sign(string folder, string keyFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        byte[]? secret = null;
        Guard(keyFile, () => secret = SigningKeyFile.TryRead(File.ReadAllText(keyFile), out var read) ? read : throw new InvalidDataException("it holds no Ed25519 key in PEM (PKCS #8)"));
        Guard(folder, () =>
        {
            var manifest = WithHashes(folder);
            File.WriteAllText(Path.Combine(folder, PluginSignature.FileName), PluginSignature.Make(secret, manifest));
        });

        var signed = PluginFolder.Read(Path.GetFullPath(folder), PluginOrigin.User);
        return PluginCheck.TryWeigh(signed, out var evidence, out var fault) && PluginCheck.TryVerifyFiles(signed, out fault)
            ? evidence.Signer!.Value
            : throw new PluginException(ErrorCodes.PluginPackage, $"{folder} was signed and can't be used: {fault}.");
    }

    private static byte[] WithHashes(string folder)
    {
        var file = Path.Combine(folder, PluginManifest.FileName);
        var bytes = File.ReadAllBytes(file);
        if (!PluginManifest.TryRead(bytes, out var manifest, out var fault))
        {
            // The hashes may be the old ones; all else must be right.
            if (!fault.Contains(PluginHashes.Member, StringComparison.Ordinal))
                throw new InvalidDataException(fault);
        }

        var hashes = PluginFiles.List(folder).ToDictionary(static path => path, path => PluginHashes.Of(File.ReadAllBytes(Path.Combine(folder, path))), StringComparer.Ordinal);
        if (manifest?.Hashes is { } listed && listed.Count == hashes.Count && hashes.All(entry => listed.TryGetValue(entry.Key, out var hash) && hash == entry.Value))
            return bytes;

        var json = JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();
        json[PluginHashes.Member] = new JsonObject(hashes.Select(static entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        bytes = [.. System.Text.Encoding.UTF8.GetBytes(json.ToJsonString(Written)), (byte)'\n'];
        File.WriteAllBytes(file, bytes);
        return bytes;
    }

    private static void Guard(string what, Action body)
    {
        try
        {
            body();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new PluginException(ErrorCodes.PluginPackage, $"{what}: {PluginLoader.Reason(exception)}.", exception);
        }
    }
}
