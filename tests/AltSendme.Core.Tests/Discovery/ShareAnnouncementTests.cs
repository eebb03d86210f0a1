using AltSendme.Abstractions;
using AltSendme.Core.Progress;
using AltSendme.Core.Settings;
using AltSendme.Core.Tests.Policy;
using AltSendme.Core.Tests.Sessions;

namespace AltSendme.Core.Tests.Discovery;

/// <summary>When a share is announced, and when not.</summary>
public sealed class ShareAnnouncementTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));
    private readonly FakeService _public = new("public");
    private readonly FakeService _neighbours = new("neighbours") { IsLocalNetwork = true };
    private SessionHarness? _harness;

    [Theory]
    [InlineData(TicketForm.Id, PublishRule.Needed, true)]
    [InlineData(TicketForm.Id, PublishRule.Never, false)]
    [InlineData(TicketForm.Addresses, PublishRule.Needed, false)]
    [InlineData(TicketForm.Full, PublishRule.Needed, false)]
    [InlineData(TicketForm.Addresses, PublishRule.Always, true)]
    public async Task A_share_is_announced_when_its_ticket_needs_it_or_the_settings_say_so(TicketForm form, PublishRule rule, bool expected)
    {
        var harness = Harness(PublishedAddresses.All, _public);
        harness.Services.Settings.Discovery.Publish = rule;

        await harness.ShareAsync(form, oneTime: false, _limit.Token, "a.txt");

        Assert.Equal(expected, _public.Announcements.Count == 1);
        Assert.Equal(expected ? ["public"] : [], harness.Sent.Of<ShareReady>()[0].Discovery);
    }

    [Fact]
    public async Task By_default_addresses_of_this_machine_stay_out_of_public_services()
    {
        var harness = Harness(PublishedAddresses.Relay, _public);

        await harness.ShareAsync(TicketForm.Id, oneTime: false, _limit.Token, "a.txt");

        Assert.Empty(_public.Announcements);
        Assert.Empty(harness.Sent.Of<ShareReady>()[0].Discovery);
    }

    [Fact]
    public async Task Without_a_relay_a_service_that_knows_the_addresses_takes_their_place_in_the_ticket()
    {
        var harness = Harness(PublishedAddresses.All, _public, _neighbours);

        var (ticket, _) = await harness.ShareAsync(TicketForm.Auto, oneTime: false, _limit.Token, "a.txt");

        Assert.Empty(ticket.Addresses);
        Assert.Equal(TicketForm.Id, harness.Sent.Of<ShareReady>()[0].Form);
    }

    [Fact]
    public async Task Where_only_neighbours_would_hear_of_it_the_ticket_holds_the_addresses_and_nobody_is_told()
    {
        var harness = Harness(PublishedAddresses.All, _neighbours);

        var (ticket, _) = await harness.ShareAsync(TicketForm.Auto, oneTime: false, _limit.Token, "a.txt");

        Assert.NotEmpty(ticket.Addresses);
        Assert.Empty(_neighbours.Announcements);
    }

    [Fact]
    public async Task Where_the_public_service_fails_the_ticket_holds_the_addresses_and_neighbours_are_told_no_more()
    {
        var failing = new FakeService("failing") { BeforePublish = static () => throw new DiscoveryException("test.fault", "The server is on fire.") };
        var harness = Harness(PublishedAddresses.All, failing, new FakeService("neighbours") { IsLocalNetwork = true });

        var (ticket, _) = await harness.ShareAsync(TicketForm.Auto, oneTime: false, _limit.Token, "a.txt");

        Assert.NotEmpty(ticket.Addresses);
        Assert.True(_neighbours.IsEmpty);
        Assert.Empty(harness.Sent.Of<ShareReady>()[0].Discovery);
    }

    [Fact]
    public async Task At_the_end_of_the_share_the_announcement_ends_too()
    {
        var harness = Harness(PublishedAddresses.All, _public);
        await harness.ShareAsync(TicketForm.Id, oneTime: false, _limit.Token, "a.txt");
        Assert.False(_public.IsEmpty);

        await harness.DisposeAsync();
        _harness = null;

        Assert.True(_public.IsEmpty);
    }

    [Fact]
    public async Task A_service_that_policy_forbids_from_now_on_forgets_the_share_which_goes_on_by_the_other()
    {
        var other = new FakeService("other");
        var harness = Harness(PublishedAddresses.All, _public, other);
        var (ticket, running) = await harness.ShareAsync(TicketForm.Id, oneTime: true, _limit.Token, "a.txt");
        Assert.False(_public.IsEmpty);

        harness.Services.Policy.Replace(PolicyBench.Of("""{"Discovery":{"Allowed":["test.other"]}}"""));
        await _public.Ended.WaitAsync(_limit.Token);

        Assert.True(_public.IsEmpty);
        await harness.ReceiveAsync(ticket);
        await running;
        Assert.Equal(0, _public.Asked);
    }

    [Fact]
    public async Task Who_receives_is_never_announced()
    {
        var harness = Harness(PublishedAddresses.All, _public);
        harness.Services.Settings.Discovery.Publish = PublishRule.Always;
        var (ticket, running) = await harness.ShareAsync(TicketForm.Id, oneTime: true, _limit.Token, "a.txt");

        await harness.ReceiveAsync(ticket);
        await running;

        Assert.Single(_public.Announcements);
    }

    public async ValueTask DisposeAsync()
    {
        if (_harness is not null)
            await _harness.DisposeAsync();
        _limit.Dispose();
    }

    private SessionHarness Harness(PublishedAddresses addresses, params FakeService[] services)
    {
        _harness = new SessionHarness([.. services.Select(static service => service.Plugin)]);
        _harness.Services.Settings.Discovery.PublishAddresses = addresses;
        _harness.Folder.Write("a.txt", "hello");
        return _harness;
    }
}
