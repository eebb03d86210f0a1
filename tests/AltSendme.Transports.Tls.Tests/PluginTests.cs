using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Transports.Tls.Tests;

public sealed class PluginTests
{
    [Fact]
    public void The_manifest_names_what_is_there()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "plugin.json")));
        var root = manifest.RootElement;

        Assert.Equal("altsendme.tls", root.GetProperty("id").GetString());
        Assert.Equal("transport", root.GetProperty("kind").GetString());
        Assert.Equal(EndpointAddress.IpScheme, root.GetProperty("schemes")[0].GetString());
        Assert.Equal(ContractVersion.Current.ToString(), root.GetProperty("contractVersion").GetString());
        Assert.Equal(typeof(TlsPlugin).FullName, root.GetProperty("type").GetString());
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, root.GetProperty("assembly").GetString()!)));
    }

    [Fact]
    public async Task The_plugin_offers_a_transport_and_nothing_else()
    {
        await using var plugin = new TlsPlugin();

        var offer = await plugin.StartAsync(new Context());

        Assert.Null(offer.Discovery);
        Assert.Null(offer.Relay);
        await using var transport = offer.Transport!(new EndpointContext(TransportPair.Server, null!));
        Assert.NotNull(transport);
    }

    private sealed class Context : IPluginContext
    {
        public IConfigurationSection Configuration => throw new NotSupportedException();

        public ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

        public TimeProvider TimeProvider => TimeProvider.System;

        public string StateFolder => throw new NotSupportedException();
    }
}
