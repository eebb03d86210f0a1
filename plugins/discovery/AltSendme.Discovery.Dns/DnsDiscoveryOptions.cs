using System.Globalization;
using System.Net;
using AltSendme.Abstractions;
using AltSendme.Dns;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Discovery.Dns;

/// <summary>What can be set for the plugin, in <c>Plugins:altsendme.dns</c>.</summary>
internal sealed record DnsDiscoveryOptions
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The servers to ask; <see langword="null"/> for the system's.</summary>
    public IReadOnlyList<IPEndPoint>? Servers { get; init; }

    /// <summary>The domain under which endpoints stand; by default that of iroh's public service.</summary>
    public DnsName Origin { get; init; } = DnsName.Parse("dns.iroh.link");

    /// <summary>How long a lookup may take: 5 seconds, from 100 milliseconds to a minute.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <exception cref="PluginException"><c>dns.settings</c>: lists what can't be used.</exception>
    public static DnsDiscoveryOptions Read(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var faults = new List<string>();
        var defaults = new DnsDiscoveryOptions();
        var options = new DnsDiscoveryOptions
        {
            Servers = ReadServers(section.GetSection("Servers"), faults),
            Origin = ReadOrigin(section["Origin"], defaults.Origin, faults),
            Timeout = ReadTimeout(section["Timeout"], defaults.Timeout, faults),
        };
        return faults.Count == 0 ? options : throw new PluginException("dns.settings", $"The settings of DNS discovery can't be used: {string.Join("; ", faults)}.");
    }

    private static IPEndPoint[]? ReadServers(IConfigurationSection section, List<string> faults)
    {
        var servers = new List<IPEndPoint>();
        foreach (var entry in section.GetChildren())
        {
            if (!IPEndPoint.TryParse(entry.Value ?? "", out var server))
                faults.Add($"Plugins:altsendme.dns:Servers:{entry.Key} is \"{entry.Value}\"; it must be an IP address, with a port or without, such as 192.0.2.1 or [2001:db8::1]:53");
            else
                servers.Add(server.Port == 0 ? new IPEndPoint(server.Address, SystemDnsServers.Port) : server);
        }

        if (servers.Count > DnsClientOptions.MaxServers)
            faults.Add($"Plugins:altsendme.dns:Servers has {servers.Count} servers; at most {DnsClientOptions.MaxServers} are asked");
        return servers.Count > 0 ? [.. servers] : null;
    }

    private static DnsName ReadOrigin(string? text, DnsName standard, List<string> faults)
    {
        if (string.IsNullOrEmpty(text))
            return standard;
        if (DnsName.TryParse(text, out var origin) && IrohEndpointInfo.TryMakeName(new byte[EndpointId.Length], origin, out _))
            return origin;
        faults.Add($"Plugins:altsendme.dns:Origin is \"{text}\"; it must be a domain name, such as dns.example.com");
        return standard;
    }

    private static TimeSpan ReadTimeout(string? text, TimeSpan standard, List<string> faults)
    {
        if (string.IsNullOrEmpty(text))
            return standard;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout >= ShortestTimeout && timeout <= LongestTimeout)
            return timeout;
        faults.Add($"Plugins:altsendme.dns:Timeout is \"{text}\"; it must be a time from {ShortestTimeout:c} to {LongestTimeout:c}");
        return standard;
    }
}
