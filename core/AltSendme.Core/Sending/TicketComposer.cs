using AltSendme.Abstractions;
using AltSendme.Blobs;
using AltSendme.Core.Policy;
using AltSendme.Core.Settings;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Sending;

/// <summary>Decides which addresses go into a ticket.</summary>
internal static class TicketComposer
{
    /// <summary>Makes the ticket of a share.</summary>
    /// <param name="endpoint">The share's id.</param>
    /// <param name="root">Hash of its collection.</param>
    /// <param name="addresses">Where the endpoint can be reached.</param>
    /// <param name="isDiscoverable">Whether a discovery service finds the endpoint by its id.</param>
    /// <param name="request">The terms. <see cref="TicketForm.Auto"/> means addresses only where there is neither a relay nor a discovery service.</param>
    /// <param name="policy">What kinds of tickets are allowed; <see cref="TicketForm.Auto"/> takes the first that works and is.</param>
    /// <param name="form">What the ticket says, never <see cref="TicketForm.Auto"/>.</param>
    /// <param name="relayTrouble">Why no relay is in use, where that is known.</param>
    /// <exception cref="PluginException"><c>plugin.no-relay</c>: a relay was asked for, and none is in use.</exception>
    /// <exception cref="PolicyException"><c>policy.ticket</c>: tickets of this kind are not allowed.</exception>
    public static BlobTicket Compose(EndpointId endpoint, in Hash root, IReadOnlyList<EndpointAddress> addresses, bool isDiscoverable, ShareRequest request, PolicyDecisionPoint policy, out TicketForm form, string? relayTrouble = null)
    {
        var relay = addresses.FirstOrDefault(static address => address.Scheme == EndpointAddress.RelayScheme);
        var sockets = addresses.Where(static address => address.Scheme != EndpointAddress.RelayScheme).Take(TicketLimits.MaxAddresses).ToArray();
        var hasRelay = relay.TryGetRelay(out var relayUrl);
        TicketForm[] possible = request.TicketForm != TicketForm.Auto ? [request.TicketForm] : [.. hasRelay ? [TicketForm.Relay] : Array.Empty<TicketForm>(), .. isDiscoverable ? [TicketForm.Id] : Array.Empty<TicketForm>(), TicketForm.Addresses, TicketForm.Full];
        var allowed = Array.FindIndex(possible, candidate => policy.JudgeShare(candidate, !request.OneTime).IsAllowed);
        form = possible[Math.Max(allowed, 0)];
        if (allowed < 0)
            policy.JudgeShare(form, !request.OneTime).ThrowIfDenied();
        if (form == TicketForm.Relay && !hasRelay)
            throw new PluginException("plugin.no-relay", $"A ticket with a relay was asked for, and no relay is in use{(relayTrouble is null ? "" : $": {relayTrouble}")}. Use --ticket-type addresses, or auto, which takes what there is.");
        return new BlobTicket
        {
            Endpoint = endpoint,
            Root = root,
            IsOneTime = request.OneTime,
            Format = BlobFormat.HashSequence,
            RelayUrl = form is TicketForm.Relay or TicketForm.Full ? relayUrl : null,
            Addresses = form is TicketForm.Addresses or TicketForm.Full ? sockets : [],
        };
    }
}
