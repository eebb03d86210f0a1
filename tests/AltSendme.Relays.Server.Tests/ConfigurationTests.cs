using AltSendme.Relays.Server.Configuration;
using AltSendme.TestKit;

namespace AltSendme.Relays.Server.Tests;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("Listen", "somewhere", "Listen is 'somewhere'; it must be an IP address and a port, such as 0.0.0.0:443 or [::]:443")]
    [InlineData("Listen", "0.0.0.0:80", "Listen is 0.0.0.0:80 without TLS; set Tls:Certificate and Tls:Key, or AllowPlainHttp where something in front of the relay does TLS")]
    [InlineData("Tls:Certificate", "/nowhere.pem", "Tls:Key is missing; a certificate and its key belong together; Tls:Certificate names /nowhere.pem, which does not exist")]
    [InlineData("Access:Mode", "Tokens", "Access:Tokens is empty, so that nobody could use the relay; set at least one, or Access:TokenFile")]
    [InlineData("Access:Mode", "AllowList", "Access:Endpoints is empty, so that nobody could use the relay; list endpoint ids, or choose another Access:Mode")]
    [InlineData("Access:Mode", "CallOut", "Access:CallOutUrl must be an http or https URL")]
    [InlineData("Access:Tokens:0", "a-token-of-twenty-letters", "Access:Tokens has no effect while Access:Mode is Everyone; choose Tokens")]
    [InlineData("AddressDiscovery:Listen", "7842", "AddressDiscovery:Listen is '7842'; it must be an IP address and a UDP port, such as 0.0.0.0:7842, or off; AddressDiscovery:Listen needs Tls:Certificate and Tls:Key: endpoints ask only a relay that proves its name; leave it out, or set it to off")]
    [InlineData("AddressDiscovery:Connections", "0", "AddressDiscovery:Connections is 0; it must be at least 1")]
    [InlineData("AddressDiscovery:HandshakesPerSecond", "0", "AddressDiscovery:HandshakesPerSecond is 0; it must be at least 1")]
    [InlineData("Limits:Clients", "0", "Limits:Clients is 0; it must be at least 1")]
    [InlineData("Limits:Clients", "30000", "Limits:Connections is 20000, fewer than the 30000 of Limits:Clients")]
    [InlineData("Limits:StallTimeout", "00:00:00", "Limits:StallTimeout is 00:00:00; it must be between 1 second and 1 hour")]
    [InlineData("Restart:Drain", "01:00:00", "Restart:Drain is 01:00:00; it must be between 0 and 5 minutes")]
    [InlineData("AllowPlainHttp", "maybe", "AllowPlainHttp is 'maybe'; it must be true or false")]
    public void A_setting_that_can_not_be_used_is_named_with_what_would_do(string key, string value, string fault)
    {
        var exception = Assert.Throws<RelayConfigurationException>(() => RelayServer.Create(RelayHarness.Settings((key, value))));

        Assert.Equal($"The settings can't be used: {fault}.", exception.Message);
    }

    [Theory]
    [InlineData("Acess:Mode", "Tokens", "Acess is no setting")]
    [InlineData("Access:Mod", "Tokens", "Access:")]
    [InlineData("Limits:Clients", "many", "Limits:")]
    public void A_key_with_a_slip_of_the_pen_is_not_passed_over(string key, string value, string part)
    {
        var exception = Assert.Throws<RelayConfigurationException>(() => RelayServer.Create(RelayHarness.Settings((key, value))));

        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var exception = Assert.Throws<RelayConfigurationException>(() => RelayServer.Create(RelayHarness.Settings(("Limits:QueueFrames", "0"), ("Access:Mode", "Tokens"))));

        Assert.Contains("Limits:QueueFrames", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Access:Tokens", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Development_mode_listens_on_loopback_and_the_command_line_wins()
    {
        Assert.Equal("127.0.0.1:3340", RelayConfiguration.Bind(RelayConfiguration.Read(["--dev"])).Listen);
        Assert.Equal("127.0.0.1:4000", RelayConfiguration.Bind(RelayConfiguration.Read(["--dev", "--listen", "127.0.0.1:4000"])).Listen);
    }

    [Fact]
    public void A_file_is_read_and_a_missing_one_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("relay.json", """{ "Listen": "127.0.0.1:5000", "Access": { "Mode": "tokens", "Tokens": ["a-token-of-twenty-letters"] } }""");

        var options = RelayConfiguration.Bind(RelayConfiguration.Read(["--config", Path.Combine(folder.Path, "relay.json")]));

        Assert.Equal(AccessMode.Tokens, options.Access.Mode);
        Assert.Contains("missing.json", Assert.Throws<RelayConfigurationException>(() => RelayConfiguration.Read(["--config", Path.Combine(folder.Path, "missing.json")])).Message, StringComparison.Ordinal);
    }
}
