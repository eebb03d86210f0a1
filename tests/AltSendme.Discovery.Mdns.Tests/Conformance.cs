using System.Net;
using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.Discovery.Mdns.Links;
using AltSendme.Plugins.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Discovery.Mdns.Tests;

/// <summary>What the contract asks of every discovery service, on the loopback interface.</summary>
public sealed class DiscoveryConformance : DiscoveryTests
{
    protected override EndpointAddress Published => EndpointAddress.FromIp(IPEndPoint.Parse("127.0.0.1:4433"));

    protected override EndpointAddress PublishedLater => EndpointAddress.FromIp(IPEndPoint.Parse("127.0.0.1:4434"));

    protected override Task<DiscoveryUnderTest> StartAsync()
    {
        // A service of its own, so that tests that run beside this one do not meet it.
        var options = new MdnsOptions
        {
            Interfaces = [OperatingSystem.IsLinux() ? "lo" : OperatingSystem.IsMacOS() ? "lo0" : "Loopback Pseudo-Interface 1"],
            Service = $"t-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5))}",
            LookupTime = TimeSpan.FromSeconds(2),
        };
        return Task.FromResult(new DiscoveryUnderTest(endpoint => new MdnsDiscovery(endpoint.Identity.Id, options, () => new UdpMulticastLink(options, NullLogger.Instance), TimeProvider.System, NullLogger.Instance)));
    }
}

/// <summary>What the contract asks of every plugin.</summary>
public sealed class PluginConformance : PluginTests
{
    protected override IPlugin Create() => new MdnsPlugin();
}
