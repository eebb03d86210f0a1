using AltSendme.Core.Plugins;

namespace AltSendme.Core.Policy;

/// <summary>What is known of a plugin before any of its code runs.</summary>
/// <param name="Id">The id in its manifest.</param>
/// <param name="Origin">Whose folder it stands in.</param>
/// <param name="ManifestSha256">SHA-256 of the manifest file, 32 bytes. The manifest carries the hashes of the other files, which are checked by then.</param>
/// <param name="Signer">The Ed25519 public key, 32 bytes, whose signature of the manifest was verified; empty without one.</param>
public sealed record PluginFacts(string Id, PluginOrigin Origin, ReadOnlyMemory<byte> ManifestSha256, ReadOnlyMemory<byte> Signer);
