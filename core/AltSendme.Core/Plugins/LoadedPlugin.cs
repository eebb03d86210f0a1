using AltSendme.Abstractions;

namespace AltSendme.Core.Plugins;

/// <summary>A plugin that was started.</summary>
/// <param name="Manifest">What it says about itself.</param>
/// <param name="Offer">What it offers.</param>
public sealed record LoadedPlugin(PluginManifest Manifest, PluginOffer Offer);
