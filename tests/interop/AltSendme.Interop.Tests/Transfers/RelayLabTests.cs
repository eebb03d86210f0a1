using AltSendme.EndToEnd.Tests;
using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>Two machines, each in a network namespace of its own, with a third between them that runs our relay. Their firewalls drop all UDP.</summary>
[Collection("transfers")]
public sealed class RelayLabTests : IAsyncLifetime
{
    private const string Relay = "http://10.77.1.1:3340/";
    private const long Size = 256 * Megabyte;

    private Scene _middle = null!;
    private Scene _left = null!;
    private Scene _right = null!;
    private RelayRun _relay = null!;

    public async Task InitializeAsync()
    {
        _middle = await Scene.OpenAsync();
        _left = await _middle.WireAsync(1);
        _right = await _middle.WireAsync(2);
        _relay = await _middle.RelayAsync("0.0.0.0:3340", "--AllowPlainHttp", "true");
    }

    public async Task DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _left.DisposeAsync();
        await _right.DisposeAsync();
        await _middle.DisposeAsync();
    }

    [FirewallFact]
    public async Task A_large_file_crosses_by_relay_whole_where_firewalls_drop_all_UDP()
    {
        await _left.DropUdpAsync();
        await _right.DropUdpAsync();
        WriteFile(_left.At("big.bin"), Size);

        await using var sender = Start(_left, "10.77.1.2", "send", "big.bin", "--json", "--ticket-type", "relay", "--relay", Relay);
        await using var receiver = Start(_right, "10.77.2.2", "receive", await sender.TicketAsync(), "-o", "in", "--yes", "--json", "--relay", Relay);

        Assert.True(await receiver.EndAsync() == 0, receiver.Error);
        Assert.True(await sender.EndAsync() == 0, sender.Error);
        var events = ProgramEvents.Parse(await receiver.RestAsync());
        Assert.Equal("relayed", events.Of("connected").Single().GetProperty("path").GetString());
        Assert.Empty(events.Of("path-changed"));
        AssertSameFile(_left.At("big.bin"), _right.At("in", "big.bin"));
    }

    private static ProgramRun Start(Scene scene, string address, params string[] arguments) =>
        scene.Start([("ALTSENDME_Listen__Addresses__0", address), ("ALTSENDME_Plugins__altsendme.relay__AllowPlainHttp", "true")], arguments);
}
