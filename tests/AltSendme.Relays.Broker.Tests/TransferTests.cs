using System.Security.Cryptography;
using AltSendme.EndToEnd.Tests;
using AltSendme.TestKit;

namespace AltSendme.Relays.Broker.Tests;

/// <summary>The whole program with the plugin installed as docs/plugins/broker.md has it.</summary>
[Collection(RabbitTests.Name)]
public sealed class TransferTests(RabbitNode rabbit) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RabbitFact(Timeout = 240_000)]
    public async Task A_file_goes_from_one_program_to_another_by_the_broker()
    {
        var content = RandomNumberGenerator.GetBytes(2_000_000);
        _folder.Write("content.bin", content);
        var (installed, _, fault) = await ProgramRun.RunAsync(_folder.Path, "plugins", "install", Path.Combine(AppContext.BaseDirectory, "broker-plugin"), "--yes");
        Assert.True(installed == 0, fault);
        (string, string)[] relay =
        [
            ("ALTSENDME_Relays__Mode", "custom"),
            ("ALTSENDME_Relays__Custom__0__Url", rabbit.SecureUrl.AbsoluteUri),
            ("ALTSENDME_Relays__Custom__0__Token", RabbitNode.Token),
            ("SSL_CERT_FILE", rabbit.Certificate),
        ];

        // The ticket names the broker alone, so that there is no other way to the sender.
        var (sender, ticket) = await SendAsync(relay, attempts: 4);
        await using var sending = sender;
        await using var receiver = ProgramRun.Start(_folder.Path, relay, ["receive", ticket, "-o", "received", "--yes", "--json"]);

        var exitCode = await receiver.EndAsync();
        var events = string.Join('\n', await receiver.RestAsync());
        Assert.True(exitCode == 0, $"{events}{receiver.Error}{sender.Error}");
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "received", "content.bin")));
        Assert.Contains(rabbit.SecureUrl.Authority, events, StringComparison.Ordinal);
    }

    // The program waits for a relay for some seconds, which a busy machine may need for TLS alone: it is started again, as a user would.
    private async Task<(ProgramRun Sender, string Ticket)> SendAsync((string, string)[] relay, int attempts)
    {
        while (true)
        {
            var sender = ProgramRun.Start(_folder.Path, relay, ["send", "content.bin", "--ticket-type", "relay"]);
            try
            {
                return (sender, await sender.LineAsync());
            }
            catch (InvalidOperationException) when (--attempts > 0)
            {
                await sender.DisposeAsync();
            }
        }
    }
}
