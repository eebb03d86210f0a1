using System.Net;
using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.Core.Discovery;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Settings;
using AltSendme.Core.Tests.Sessions;

namespace AltSendme.Core.Tests.Discovery;

/// <summary>Transfers in which discovery has to say where the sender is.</summary>
public sealed class IdOnlyTicketTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));
    private readonly List<SessionHarness> _harnesses = [];
    private readonly FakeService _directory = new("directory") { TimeToLive = TimeSpan.FromMinutes(1) };

    public static TheoryData<string> Faults => ["throws", "throws in the middle", "hangs", "hangs deaf", "blocks", "gives null"];

    [Fact]
    public async Task An_id_alone_is_enough_where_a_service_knows_the_sender()
    {
        var harness = Harness(_directory);
        var (ticket, running) = await harness.ShareAsync(TicketForm.Id, oneTime: true, _limit.Token, "a.txt");

        await harness.ReceiveAsync(ticket);
        await running;

        Assert.Empty(ticket.Addresses);
        Assert.Equal(["a.txt"], harness.Arrived());
        Assert.Equal(["directory"], harness.Sent.Of<ShareReady>()[0].Discovery);
        Assert.Equal("directory", harness.Received.Of<Found>()[0].Candidate.Source.Name);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_service_that_fails_or_hangs_stops_no_other(string fault)
    {
        using var blocked = new ManualResetEventSlim();
        var broken = new FakeService("broken") { Answer = (_, token) => Broken(fault, blocked, token), BeforePublish = static () => throw new DiscoveryException("test.fault", "The server is on fire.") };
        var harness = Harness(broken, _directory);
        var (ticket, running) = await harness.ShareAsync(TicketForm.Id, oneTime: true, _limit.Token, "a.txt");

        await harness.ReceiveAsync(ticket);
        await running;
        blocked.Set();

        Assert.Equal(["a.txt"], harness.Arrived());
        Assert.Equal(new AnnouncementFailed("broken", "The server is on fire"), Assert.Single(harness.Sent.Of<AnnouncementFailed>()));
        Assert.Equal(["directory"], harness.Sent.Of<ShareReady>()[0].Discovery);
    }

    [Fact]
    public async Task A_service_that_floods_is_cut_off_and_the_right_address_still_found()
    {
        var given = 0;
        var flood = new FakeService("flood") { Answer = (_, token) => FloodAsync(() => given++, token) };
        var harness = Harness(flood, _directory);
        var (ticket, running) = await harness.ShareAsync(TicketForm.Id, oneTime: true, _limit.Token, "a.txt");

        await harness.ReceiveAsync(ticket);
        await running;

        Assert.Equal(["a.txt"], harness.Arrived());
        Assert.InRange(given, 0, DiscoveryService.MaxCandidates);
    }

    [Fact]
    public async Task When_nobody_knows_the_sender_the_error_says_who_was_asked_and_what_to_do()
    {
        var broken = new FakeService("broken") { Answer = (_, token) => Broken("throws", null, token) };
        var harness = Harness(_directory, broken);
        var (ticket, _) = await harness.ShareAsync(TicketForm.Addresses, oneTime: false, _limit.Token, "a.txt");

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(() => harness.ReceiveAsync(ticket with { Addresses = [] }));

        Assert.Equal(ErrorCodes.PeerNoAddress, failure.Code);
        Assert.Contains("directory: knows nothing", failure.Message, StringComparison.Ordinal);
        Assert.Contains("broken: The server is on fire", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--ticket-type addresses", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_discovery_off_nobody_is_asked_and_the_error_says_how_to_switch_it_on()
    {
        var harness = Harness(_directory);
        harness.Services.Settings.Discovery.Mode = DiscoveryMode.Off;
        var (ticket, _) = await harness.ShareAsync(TicketForm.Id, oneTime: false, _limit.Token, "a.txt");

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(() => harness.ReceiveAsync(ticket));

        Assert.Contains("Discovery:Mode", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _directory.Asked);
        Assert.Empty(_directory.Announcements);
    }

    [Fact]
    public async Task A_ticket_that_leads_to_the_sender_tells_no_service_who_receives()
    {
        var harness = Harness(_directory);
        var (ticket, running) = await harness.ShareAsync(TicketForm.Addresses, oneTime: true, _limit.Token, "a.txt");

        await harness.ReceiveAsync(ticket);
        await running;

        Assert.Equal(0, _directory.Asked);
        Assert.Empty(_directory.Announcements);
    }

    [Fact]
    public async Task Where_the_tickets_addresses_lead_nowhere_the_services_are_asked()
    {
        var harness = Harness(_directory);
        harness.Services.Settings.Discovery.Publish = PublishRule.Always;
        var (ticket, running) = await harness.ShareAsync(TicketForm.Addresses, oneTime: true, _limit.Token, "a.txt");
        var old = EndpointAddress.FromIp(new IPEndPoint(IPAddress.Parse("192.0.2.9"), 9));

        await harness.ReceiveAsync(ticket with { Addresses = [old] });
        await running;

        Assert.Equal(["a.txt"], harness.Arrived());
        Assert.True(_directory.Asked > 0);
    }

    [Fact]
    public async Task A_service_that_is_switched_off_hears_nothing()
    {
        var other = new FakeService("other");
        var harness = Harness(_directory, other);
        harness.Services.Settings.Discovery.Services["Other"] = false;
        var (ticket, running) = await harness.ShareAsync(TicketForm.Id, oneTime: true, _limit.Token, "a.txt");

        await harness.ReceiveAsync(ticket);
        await running;

        Assert.Equal(0, other.Asked);
        Assert.Empty(other.Announcements);
    }

    [Fact]
    public async Task An_answer_is_used_again_for_as_long_as_it_holds()
    {
        var harness = Harness(_directory);
        var (ticket, _) = await harness.ShareAsync(TicketForm.Id, oneTime: false, _limit.Token, "a.txt");

        await harness.ReceiveAsync(ticket);
        await harness.ReceiveAsync(ticket);

        Assert.Equal(1, _directory.Asked);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var harness in _harnesses)
            await harness.DisposeAsync();
        _limit.Dispose();
    }

    private static IAsyncEnumerable<Candidate> Broken(string fault, ManualResetEventSlim? blocked, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case "throws":
                throw new DiscoveryException("test.fault", "The server is on fire.");
            case "blocks":
                blocked!.Wait(TimeSpan.FromSeconds(20), CancellationToken.None);
                return AsyncEnumerable.Empty<Candidate>();
            case "gives null":
                return null!;
            default:
                return LaterAsync(fault, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<Candidate> LaterAsync(string fault, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new Candidate(EndpointAddress.FromIp(new IPEndPoint(IPAddress.Parse("192.0.2.9"), 9)), new CandidateSource("broken"));
        if (fault == "throws in the middle")
            throw new InvalidOperationException("A fault in the plugin.");
        await new TaskCompletionSource().Task.WaitAsync(fault == "hangs deaf" ? CancellationToken.None : cancellationToken);
    }

    private static async IAsyncEnumerable<Candidate> FloodAsync(Action onGiven, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.WaitAsync(cancellationToken);
        for (var i = 0; i < 10_000; i++)
        {
            onGiven();
            yield return new Candidate(EndpointAddress.FromIp(new IPEndPoint(new IPAddress([10, 0, (byte)(i >> 8), (byte)i]), 9)), new CandidateSource("flood"));
        }
    }

    private SessionHarness Harness(params FakeService[] services)
    {
        var harness = new SessionHarness([.. services.Select(static service => service.Plugin)]);
        harness.Services.Settings.Discovery.PublishAddresses = PublishedAddresses.All;
        harness.Folder.Write("a.txt", "hello");
        _harnesses.Add(harness);
        return harness;
    }
}
