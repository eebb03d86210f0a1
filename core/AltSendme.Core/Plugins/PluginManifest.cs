using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Core.Plugins.Trust;

namespace AltSendme.Core.Plugins;

/// <summary>
/// What <c>plugin.json</c> says about a plugin (docs/plugins.md). Listing, routing and policy need nothing else, so no code of a plugin runs before it is wanted.
/// </summary>
public sealed record PluginManifest
{
    /// <summary>Name of the file in a plugin's folder.</summary>
    public const string FileName = "plugin.json";

    /// <summary>Longest manifest in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxIdLength = 64;
    private const int MaxSchemes = 16;
    private const int MaxTextLength = 1024;

    /// <summary>Lower-case letters, digits, dots and hyphens, starting with a letter; unique on a machine.</summary>
    public required string Id { get; init; }

    /// <summary>What it offers.</summary>
    public required PluginKind Kind { get; init; }

    /// <summary>For a transport the schemes of the addresses that it serves (<c>ip</c>), for a relay the schemes of the URLs (<c>https</c>), for a discovery those of the addresses that it can announce; empty when it only finds.</summary>
    public required IReadOnlyList<string> Schemes { get; init; }

    /// <summary>What the plugin needs of the system, by names of <see cref="SystemNeeds"/>.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Whether a discovery reaches the local network only: it is given local addresses, and nobody elsewhere is told anything.</summary>
    public bool IsLocalNetwork { get; init; }

    /// <summary>The plugin's own version, as its author writes it.</summary>
    public required string Version { get; init; }

    /// <summary>The contract that it was made for.</summary>
    public required ContractVersion ContractVersion { get; init; }

    /// <summary>File name of the assembly that holds <see cref="Type"/>, inside the plugin's folder.</summary>
    public required string Assembly { get; init; }

    /// <summary>Full name of the type that implements <see cref="IPlugin"/>.</summary>
    public required string Type { get; init; }

    /// <summary>One sentence for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>SPDX identifier of the licence.</summary>
    public string License { get; init; } = "";

    /// <summary>SHA-256 of every file in the folder but the manifest and its signature, by path with forward slashes, in lower-case hexadecimal; <see langword="null"/> where the manifest has none.</summary>
    public IReadOnlyDictionary<string, string>? Hashes { get; init; }

    /// <summary>Reads a manifest. Members that this version does not know are ignored.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <param name="manifest">The manifest, when the answer is <see langword="true"/>.</param>
    /// <param name="fault">Otherwise what is wrong, in words that name the member.</param>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out PluginManifest? manifest, [NotNullWhen(false)] out string? fault)
    {
        manifest = null;
        if (utf8.Length > MaxBytes)
        {
            fault = $"{FileName} is larger than {MaxBytes / 1024} KiB";
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                fault = $"{FileName} is not a JSON object";
                return false;
            }

            if (TryRead(document.RootElement, out manifest, out fault))
                return true;
            fault = $"in {FileName}, {fault}";
            return false;
        }
        catch (JsonException exception)
        {
            fault = $"{FileName} is not valid JSON, or has a member twice (line {exception.LineNumber + 1})";
            return false;
        }
        catch (InvalidOperationException)
        {
            fault = $"{FileName} holds a text that is not valid Unicode";
            return false;
        }
    }

    private static bool TryRead(JsonElement root, [NotNullWhen(true)] out PluginManifest? manifest, [NotNullWhen(false)] out string? fault)
    {
        manifest = null;
        if (!TryText(root, "id", out var id, out fault) || !TryText(root, "kind", out var kindText, out fault) || !TryText(root, "version", out var version, out fault)
            || !TryText(root, "contractVersion", out var contractText, out fault) || !TryText(root, "assembly", out var assembly, out fault) || !TryText(root, "type", out var type, out fault)
            || !TryNames(root, "schemes", out var schemes, out fault) || !TryNames(root, "needs", out var needs, out fault) || !PluginHashes.TryRead(root, out var hashes, out fault))
            return false;

        if (!IsId(id))
            fault = "\"id\" must be lower-case letters, digits, dots and hyphens, starting with a letter";
        else if (!Enum.TryParse<PluginKind>(kindText, ignoreCase: true, out var kind) || !char.IsAsciiLetter(kindText[0]))
            fault = "\"kind\" must be \"transport\", \"discovery\" or \"relay\"";
        else if (!ContractVersion.TryParse(contractText, out var contract))
            fault = "\"contractVersion\" must look like \"1.0\"";
        else if (assembly.AsSpan().IndexOfAny('/', '\\', ':') >= 0 || !assembly.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            fault = "\"assembly\" must be the name of a .dll file in the plugin's folder";
        else if (kind == PluginKind.Transport && schemes.Count == 0)
            fault = "a transport must list at least one of \"schemes\"";
        else if (kind == PluginKind.Relay && schemes.Count == 0)
            fault = "a relay must list at least one of \"schemes\"";
        else if (hashes is not null && !hashes.ContainsKey(assembly))
            fault = $"\"{PluginHashes.Member}\" does not list the assembly {assembly}";
        else
        {
            manifest = new PluginManifest
            {
                Id = id,
                Kind = kind,
                Schemes = schemes,
                Needs = needs,
                IsLocalNetwork = root.TryGetProperty("localNetwork", out var local) && local.ValueKind == JsonValueKind.True,
                Version = version,
                ContractVersion = contract,
                Assembly = assembly,
                Type = type,
                Description = OptionalText(root, "description"),
                License = OptionalText(root, "license"),
                Hashes = hashes,
            };
            fault = null;
        }

        return manifest is not null;
    }

    private static bool TryText(JsonElement root, string name, out string text, [NotNullWhen(false)] out string? fault)
    {
        text = OptionalText(root, name);
        fault = text.Length > 0 ? null : $"\"{name}\" is missing, not a text, or longer than {MaxTextLength} characters";
        return fault is null;
    }

    private static string OptionalText(JsonElement root, string name) =>
        root.TryGetProperty(name, out var element) && element.ValueKind == JsonValueKind.String && element.GetString() is { Length: <= MaxTextLength } text ? text : "";

    private static bool TryNames(JsonElement root, string member, out IReadOnlyList<string> names, [NotNullWhen(false)] out string? fault)
    {
        names = [];
        fault = null;
        if (!root.TryGetProperty(member, out var element))
            return true;

        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > MaxSchemes)
        {
            fault = $"\"{member}\" must be a list of at most {MaxSchemes} names";
            return false;
        }

        var list = new List<string>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !EndpointAddress.IsScheme(item.GetString()!))
            {
                fault = $"\"{member}\" holds something that is not such a name";
                return false;
            }

            list.Add(item.GetString()!);
        }

        names = list;
        return true;
    }

    private static bool IsId(string text)
    {
        if (text.Length is 0 or > MaxIdLength || !char.IsAsciiLetterLower(text[0]))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-'))
                return false;
        }

        return true;
    }
}
