using AltSendme.Abstractions;
using AltSendme.Core.Plugins;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Discovery;

/// <summary>Which services are used, as the settings, policy and the manifests say. The one place that decides it.</summary>
public static class DiscoveryChoice
{
    /// <summary>The manifests of the services in use; none when discovery is off.</summary>
    public static IReadOnlyList<PluginManifest> Of(CoreServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return [.. services.Plugins.ManifestsOf(PluginKind.Discovery).Where(manifest => IsUsed(manifest, services.Settings.Discovery) && services.Policy.JudgeDiscovery(manifest.Id).IsAllowed)];
    }

    /// <summary>Whether one service is used.</summary>
    public static bool IsUsed(PluginManifest manifest, DiscoverySettings settings)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Mode == DiscoveryMode.On
            && settings.Services.All(entry => entry.Value || !(entry.Key.Equals(manifest.Id, StringComparison.OrdinalIgnoreCase) || entry.Key.Equals(NameOf(manifest), StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The short name by which people know a service: the last part of its id.</summary>
    public static string NameOf(PluginManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Id[(manifest.Id.LastIndexOf('.') + 1)..];
    }

    /// <summary>Of the addresses of this side those that a service is given: only schemes that it can announce; outside the local network the relay, and IP addresses where the settings say so; inside it the local ones.</summary>
    internal static IReadOnlyList<EndpointAddress> Publishable(PluginManifest manifest, DiscoverySettings settings, IReadOnlyList<EndpointAddress> addresses)
    {
        var possible = addresses.Where(address => manifest.Schemes.Contains(address.Scheme));
        if (!manifest.IsLocalNetwork)
            return [.. possible.Where(address => address.Scheme == EndpointAddress.RelayScheme || settings.PublishAddresses == PublishedAddresses.All)];

        // On a network without private addresses those that the interfaces have are what its neighbours know already.
        var sockets = possible.Where(static address => address.Scheme == EndpointAddress.IpScheme).ToArray();
        var local = sockets.Where(static address => address.TryGetIp(out var endPoint) && LocalNetwork.Contains(endPoint.Address)).ToArray();
        return local.Length > 0 ? local : sockets;
    }
}
