using AltSendme.Core.Tickets;
using AltSendme.EndToEnd.Tests;
using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>Our program at a relay that does not let everybody in, where no UDP gets through: either it works, or the user is told which relay, why, and what to do.</summary>
[Collection("transfers")]
public sealed class RelayAccessTests : IAsyncLifetime
{
    private const string Relay = "http://127.0.0.1:3340/";
    private const string Token = "a-token-of-thirty-two-characters";
    private const string WrongToken = "another-token-of-about-that-size";
    private const int NoRelay = 8;
    private const int Unreachable = 5;

    private static readonly string[] TokenSettings = ["--Access:Mode", "tokens", "--Access:Tokens:0", Token];
    private static readonly (string, string) Persistent = ("ALTSENDME_Send__PersistentIdentity", "true");

    private Scene _scene = null!;
    private RelayRun? _relay;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        await _scene.ForbidUdpAsync();
        WriteFile(_scene.At("file.bin"), 2 * Megabyte);
    }

    public async Task DisposeAsync()
    {
        if (_relay is not null)
            await _relay.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [PeerFact]
    public async Task With_the_token_on_both_sides_a_file_crosses()
    {
        await StartAsync(TokenSettings);
        await using var sender = Send(Token);

        var received = await _scene.RunAsync(Receive(await sender.TicketAsync(), Token));

        Assert.True(received.ExitCode == 0, $"{received.Error} {sender.Error}");
        AssertSameFile(_scene.At("file.bin"), _scene.At("in", "file.bin"));
    }

    [PeerTheory]
    [InlineData(WrongToken, "a token was shown")]
    [InlineData(null, "no token was shown")]
    public async Task A_sender_without_the_token_is_told_so_and_gets_no_ticket_with_that_relay(string? token, string told)
    {
        await StartAsync(TokenSettings);

        var run = await _scene.RunAsync(["send", "file.bin", "--ticket-type", "relay", "--relay", Relay, .. Shown(token)]);

        Assert.Equal(NoRelay, run.ExitCode);
        Assert.Empty(run.Output);
        AssertTold(run.Error, told);
    }

    [PeerFact]
    public async Task A_sender_whose_ticket_can_do_without_the_relay_is_told_before_it_gets_one()
    {
        await StartAsync(TokenSettings);
        await using var sender = _scene.Start("send", "file.bin", "--json", "--relay", Relay, "--relay-token", WrongToken);

        var trouble = await sender.EventAsync("relay-trouble");
        var ticket = BlobTicket.Parse(await sender.TicketAsync());

        Assert.Equal(Relay, trouble.GetProperty("relay").GetString());
        AssertTold(trouble.GetProperty("reason").GetString()!, "a token was shown");
        Assert.Null(ticket.RelayUrl);
        Assert.NotEmpty(ticket.Addresses);
    }

    [PeerTheory]
    [InlineData(WrongToken, "a token was shown")]
    [InlineData(null, "no token was shown")]
    public async Task A_receiver_without_the_token_is_told_so(string? token, string told)
    {
        await StartAsync(TokenSettings);
        await using var sender = Send(Token);

        var received = await _scene.RunAsync(Receive(await sender.TicketAsync(), token));

        Assert.Equal(Unreachable, received.ExitCode);
        AssertTold(received.Error, told);
    }

    [PeerTheory]
    [InlineData("stop", NoRelay)]
    [InlineData("direct", 0)]
    public async Task Where_no_relay_of_ones_own_answers_the_setting_decides_whether_anything_is_shared(string rule, int exitCode)
    {
        await using var sender = _scene.Start([("ALTSENDME_Relays__WhenUnreachable", rule)], ["send", "file.bin", "--relay", Relay, .. exitCode == 0 ? ["--json"] : Array.Empty<string>()]);
        if (exitCode == 0)
        {
            Assert.Null(BlobTicket.Parse(await sender.TicketAsync()).RelayUrl);
            return;
        }

        Assert.Equal(exitCode, await sender.EndAsync());
        Assert.Contains("Relays:WhenUnreachable", sender.Error, StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task Lists_let_in_the_persistent_identity_and_name_it_where_they_do_not()
    {
        await StartAsync();
        string id;
        await using (var sender = Send(null, Persistent))
            id = BlobTicket.Parse(await sender.TicketAsync()).Endpoint.ToString();

        await RestartAsync("--Access:Mode", "denylist", "--Access:Endpoints:0", id);
        await using (var denied = _scene.Start([Persistent], "send", "file.bin", "--ticket-type", "relay", "--relay", Relay))
        {
            Assert.Equal(NoRelay, await denied.EndAsync());
            AssertTold(denied.Error, id);
        }

        // The other side is not on the list, since a receiver has a new id each time; its relay says so.
        await RestartAsync("--Access:Mode", "allowlist", "--Access:Endpoints:0", id);
        await using var allowed = Send(null, Persistent);
        var received = await _scene.RunAsync(Receive(await allowed.TicketAsync(), null));
        Assert.Equal(Unreachable, received.ExitCode);
        AssertTold(received.Error, "no token was shown");
    }

    [PeerFact]
    public async Task The_persistent_identity_is_lent_to_one_share_at_a_time()
    {
        await StartAsync();
        await using (var first = Send(null, Persistent))
        {
            await first.TicketAsync();

            await using var second = _scene.Start([Persistent], "send", "file.bin", "--json", "--relay", Relay);
            Assert.Equal("identity.in-use", (await second.EventAsync("error")).GetProperty("code").GetString());
        }

        await using var third = Send(null, Persistent);
        Assert.StartsWith("blob", await third.TicketAsync(), StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task Who_has_copied_an_identity_takes_its_place_at_the_relay_and_the_first_is_told()
    {
        await StartAsync();
        await using var first = Send(null, Persistent);
        await first.TicketAsync();
        File.Copy(_scene.At(".local", "altsendme", "identity"), _scene.At("elsewhere", "altsendme", "identity"));

        await using var second = Send(null, Persistent, ("XDG_DATA_HOME", _scene.At("elsewhere")));
        await second.TicketAsync();

        Assert.Contains("same identity", (await first.EventAsync("relay-trouble")).GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private static void AssertTold(string text, string what)
    {
        Assert.Contains("127.0.0.1", text, StringComparison.Ordinal);
        Assert.Contains("Check its token", text, StringComparison.Ordinal);
        Assert.Contains(what, text, StringComparison.Ordinal);
    }

    private static string[] Shown(string? token) => token is null ? [] : ["--relay-token", token];

    private static string[] Receive(string ticket, string? token) => ["receive", ticket, "-o", "in", "--yes", "--relay", Relay, .. Shown(token)];

    private ProgramRun Send(string? token, params (string, string)[] settings) => _scene.Start(settings, ["send", "file.bin", "--json", "--ticket-type", "relay", "--relay", Relay, .. Shown(token)]);

    private async Task StartAsync(params string[] settings) => _relay = await _scene.RelayAsync("127.0.0.1:3340", settings);

    private async Task RestartAsync(params string[] settings)
    {
        await _relay!.DisposeAsync();
        await StartAsync(settings);
    }
}
