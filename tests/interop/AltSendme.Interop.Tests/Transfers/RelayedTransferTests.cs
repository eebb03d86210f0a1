using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>Our program on both ends of our relay, where no UDP gets through: all that they have is the relay.</summary>
[Collection("transfers")]
public sealed class RelayedTransferTests : IAsyncLifetime
{
    private const string Name = "a-name-that-nobody-else-should-read.bin";
    private const int Window = 24;

    private Scene _scene = null!;

    public async Task InitializeAsync() => _scene = await Scene.OpenAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [PeerFact]
    public async Task A_file_crosses_by_relay_whole_and_the_relay_sees_neither_its_name_nor_its_content()
    {
        await _scene.ForbidUdpAsync();
        WriteFile(_scene.At(Name), 64 * Megabyte);
        await using var tap = _scene.Peer("tap.mjs");
        var relay = $"http://127.0.0.1:{(await tap.AskAsync(new { op = "start", server = Path.Combine(AppContext.BaseDirectory, "altsendme-relay.dll"), file = _scene.At("record") })).GetProperty("port").GetInt32()}/";

        await using (var sender = _scene.Start("send", Name, "--json", "--ticket-type", "relay", "--relay", relay))
        {
            var received = await _scene.RunAsync("receive", await sender.TicketAsync(), "-o", "in", "--yes", "--relay", relay);
            Assert.True(received.ExitCode == 0, $"{received.Error} {sender.Error}");
        }

        AssertSameFile(_scene.At(Name), _scene.At("in", Name));
        var record = await File.ReadAllBytesAsync(_scene.At("record"));
        Assert.True(record.Length > 64 * Megabyte, $"Only {record.Length} bytes took the relay.");
        Assert.Equal(-1, record.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Name)));
        var content = await File.ReadAllBytesAsync(_scene.At(Name));
        for (var offset = 0; offset < content.Length; offset += 4 * (int)Megabyte)
            Assert.Equal(-1, record.AsSpan().IndexOf(content.AsSpan(offset + 64, Window)));
    }

    [PeerFact]
    public async Task A_transfer_goes_on_when_its_only_relay_dies_and_comes_back()
    {
        const long Size = 64 * Megabyte;
        const string Relay = "http://127.0.0.1:3340/";

        // Slow enough not to be over before; what falls silent is waited for longer than the relay is away.
        (string, string)[] patience = [("ALTSENDME_Receive__StallAfter", "00:00:30"), ("ALTSENDME_Receive__RetryFor", "00:01:00")];
        await _scene.ForbidUdpAsync();
        WriteFile(_scene.At(Name), Size);
        var relay = await _scene.RelayAsync("127.0.0.1:3340", "--Limits:ClientBytesPerSecond", "8388608", "--Limits:ClientBurst", "1048576");
        try
        {
            await using var sender = _scene.Start(patience, "send", Name, "--json", "--ticket-type", "relay", "--relay", Relay);
            await using var receiver = _scene.Start(patience, "receive", await sender.TicketAsync(), "-o", "in", "--yes", "--json", "--relay", Relay);
            await receiver.ReachAsync("progress", Size / 20);
            await relay.DisposeAsync();
            Assert.False(File.Exists(_scene.At("in", Name)), "The transfer was over before the relay was.");
            relay = await _scene.RelayAsync("127.0.0.1:3340");

            Assert.True(await receiver.EndAsync() == 0, receiver.Error);
            Assert.True(await sender.EndAsync() == 0, sender.Error);
            var events = ProgramEvents.Parse(await receiver.RestAsync());
            Assert.Empty(events.Of("reconnecting"));
            Assert.Equal(Size, events.Of("completed").Single().GetProperty("fetchedBytes").GetInt64());
            AssertSameFile(_scene.At(Name), _scene.At("in", Name));
        }
        finally
        {
            await relay.DisposeAsync();
        }
    }
}
