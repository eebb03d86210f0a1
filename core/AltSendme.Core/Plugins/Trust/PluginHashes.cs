using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace AltSendme.Core.Plugins.Trust;

/// <summary>The member <c>hashes</c> of a manifest: SHA-256 of every file in the plugin's folder, but for the manifest and its signature.</summary>
internal static class PluginHashes
{
    /// <summary>Name of the member.</summary>
    public const string Member = "hashes";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads the member; none is an answer too.</summary>
    public static bool TryRead(JsonElement root, out IReadOnlyDictionary<string, string>? hashes, [NotNullWhen(false)] out string? fault)
    {
        hashes = null;
        fault = null;
        if (!root.TryGetProperty(Member, out var element))
            return true;
        if (element.ValueKind != JsonValueKind.Object)
        {
            fault = $"\"{Member}\" must be an object of file names and hashes";
            return false;
        }

        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (!PluginFilePath.IsPlain(member.Name) || IsExempt(member.Name))
                fault = $"\"{Member}\" names '{member.Name}', which is not a file that a plugin's folder can list";
            else if (member.Value.ValueKind != JsonValueKind.String || member.Value.GetString() is not { Length: SHA256.HashSizeInBytes * 2 } hash || hash.AsSpan().ContainsAnyExcept(Digits))
                fault = $"\"{Member}\" has no SHA-256 in 64 lower-case hexadecimal digits for '{member.Name}'";
            else
                read[member.Name] = hash;
            if (fault is not null)
                return false;
        }

        hashes = read;
        return true;
    }

    /// <summary>Whether a file of the folder's top is one that no manifest lists: it could not hold its own hash.</summary>
    public static bool IsExempt(string path) => path is PluginManifest.FileName or PluginSignature.FileName;

    /// <summary>A hash as manifests write it.</summary>
    public static string Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash);
    }
}
