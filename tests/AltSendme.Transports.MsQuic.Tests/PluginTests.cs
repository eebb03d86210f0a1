using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Transports.MsQuic.Tests;

public sealed class PluginTests
{
    [Fact]
    public void The_manifest_names_what_is_there()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "plugin.json")));
        var root = manifest.RootElement;

        Assert.Equal("altsendme.msquic", root.GetProperty("id").GetString());
        Assert.Equal(MsQuicTransport.Form.Scheme, root.GetProperty("schemes")[0].GetString());
        Assert.Equal("quic", root.GetProperty("needs")[0].GetString());
        Assert.Equal(typeof(MsQuicPlugin).FullName, root.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("4433", true)]
    [InlineData("65536", false)]
    [InlineData("-1", false)]
    [InlineData("x", false)]
    public async Task The_port_is_a_port(string? port, bool isGood)
    {
        await using var plugin = new MsQuicPlugin();

        var failure = await Record.ExceptionAsync(async () => await plugin.StartAsync(new Context(port)));

        Assert.Equal(isGood ? null : "msquic.settings", (failure as PluginException)?.Code);
    }

    [Fact]
    public async Task The_offer_is_a_transport_whose_port_is_its_own()
    {
        await using var transport = MsQuicPair.Transport(TransportPair.Server);

        Assert.Null(await transport.ListenAsync(new ListenOptions([TransportPair.Protocol]) { Addresses = [System.Net.IPAddress.Loopback], Port = 1 }));
        await foreach (var addresses in transport.WatchAddressesAsync())
        {
            Assert.StartsWith("msquic:127.0.0.1:", addresses.Single().ToString(), StringComparison.Ordinal);
            break;
        }
    }

    private sealed class Context(string? port) : IPluginContext
    {
        public IConfigurationSection Configuration { get; } =
            new ConfigurationBuilder().AddInMemoryCollection([new("Plugins:altsendme.msquic:Port", port)]).Build().GetSection("Plugins:altsendme.msquic");

        public ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

        public TimeProvider TimeProvider => TimeProvider.System;

        public string StateFolder => throw new NotSupportedException();
    }
}
