using AltSendme.Abstractions;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Receiving;

/// <summary>Makes one ticket a sender of several tickets for one content.</summary>
internal static class SameContent
{
    /// <exception cref="TicketException">They are not for the same content, or all that are have expired.</exception>
    public static IReadOnlyList<BlobTicket> Of(IReadOnlyList<BlobTicket> tickets, TimeProvider timeProvider)
    {
        var first = tickets[0];
        foreach (var ticket in tickets)
        {
            if (ticket.Root != first.Root || ticket.Format != first.Format)
                throw new TicketException(TicketCodes.OtherContent, $"The ticket of {ticket.Endpoint.ToShortString()} is for other content ({ticket.Root.ToShortString()}) than that of {first.Endpoint.ToShortString()} ({first.Root.ToShortString()}). Receive them one by one.");
        }

        if (tickets.All(ticket => ticket.Expires <= timeProvider.GetUtcNow()))
            first.ThrowIfExpired(timeProvider);
        return [.. tickets.Where(ticket => !(ticket.Expires <= timeProvider.GetUtcNow())).GroupBy(static ticket => ticket.Endpoint).Select(Merge)];
    }

    // Two tickets of one sender are two sets of ways to it.
    private static BlobTicket Merge(IGrouping<EndpointId, BlobTicket> tickets)
    {
        var first = tickets.First();
        return first with
        {
            Addresses = [.. tickets.SelectMany(static ticket => ticket.Addresses).Distinct().Take(TicketLimits.MaxAddresses)],
            RelayUrl = tickets.Select(static ticket => ticket.RelayUrl).FirstOrDefault(static url => url is not null),
        };
    }
}
