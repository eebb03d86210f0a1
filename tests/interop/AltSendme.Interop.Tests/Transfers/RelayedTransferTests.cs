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
}
