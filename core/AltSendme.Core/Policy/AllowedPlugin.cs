namespace AltSendme.Core.Policy;

/// <summary>An entry of the list of plugins that may be loaded.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ManifestSha256">SHA-256 that its manifest file must have, 64 hexadecimal digits; <see langword="null"/> for any.</param>
public sealed record AllowedPlugin(string Id, string? ManifestSha256);
