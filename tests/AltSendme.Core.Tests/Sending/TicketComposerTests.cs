using System.Net;
using AltSendme.Abstractions;
using AltSendme.Core.Identity;
using AltSendme.Core.Policy;
using AltSendme.Core.Sending;
using AltSendme.Core.Settings;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Tests.Sending;

public sealed class TicketComposerTests
{
    private static readonly EndpointAddress Here = EndpointAddress.FromIp(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 4433));

    private static readonly EndpointAddress Relay = EndpointAddress.FromRelay(new Uri("https://relay.example/"));

    [Theory]
    [InlineData(true, true, TicketForm.Relay)]
    [InlineData(true, false, TicketForm.Relay)]
    [InlineData(false, true, TicketForm.Id)]
    [InlineData(false, false, TicketForm.Addresses)]
    public void By_default_an_address_of_this_machine_is_named_only_where_nothing_else_leads_to_it(bool hasRelay, bool isDiscoverable, TicketForm expected)
    {
        var ticket = Compose(TicketForm.Auto, hasRelay, isDiscoverable, out var form);

        Assert.Equal(expected, form);
        Assert.Equal(expected == TicketForm.Addresses ? [Here] : [], ticket.Addresses);
        Assert.Equal(hasRelay ? "https://relay.example/" : null, ticket.RelayUrl?.AbsoluteUri);
    }

    [Theory]
    [InlineData(TicketForm.Id, false, 0)]
    [InlineData(TicketForm.Relay, true, 0)]
    [InlineData(TicketForm.Addresses, false, 1)]
    [InlineData(TicketForm.Full, true, 1)]
    public void Each_form_says_what_it_promises_and_nothing_else(TicketForm asked, bool hasRelay, int addresses)
    {
        var ticket = Compose(asked, hasRelay: true, isDiscoverable: true, out var form);

        Assert.Equal((asked, hasRelay, addresses), (form, ticket.RelayUrl is not null, ticket.Addresses.Count));
    }

    [Fact]
    public void A_relay_that_is_asked_for_and_not_there_is_an_error_that_says_what_to_do()
    {
        var exception = Assert.Throws<PluginException>(() => Compose(TicketForm.Relay, hasRelay: false, isDiscoverable: true, out _));

        Assert.Equal("plugin.no-relay", exception.Code);
        Assert.Contains("--ticket-type addresses", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Full_takes_what_there_is() => Assert.Equal([Here], Compose(TicketForm.Full, hasRelay: false, isDiscoverable: false, out _).Addresses);

    private static BlobTicket Compose(TicketForm asked, bool hasRelay, bool isDiscoverable, out TicketForm form)
    {
        using var key = EndpointKey.Generate();
        return TicketComposer.Compose(key.Id, default, hasRelay ? [Here, Relay] : [Here], isDiscoverable, new ShareRequest { Paths = [], TicketForm = asked }, new PolicyDecisionPoint(EffectivePolicy.None), out form);
    }
}
