using AltSendme.Abstractions;
using AltSendme.Blobs;
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
    /// <param name="request">The terms. <see cref="TicketForm.Auto"/> means addresses while there is neither a relay nor a discovery service.</param>
    public static BlobTicket Compose(EndpointId endpoint, in Hash root, IReadOnlyList<EndpointAddress> addresses, ShareRequest request)
    {
        var relay = addresses.FirstOrDefault(static address => address.Scheme == EndpointAddress.RelayScheme);
        var sockets = addresses.Where(static address => address.Scheme != EndpointAddress.RelayScheme).Take(TicketLimits.MaxAddresses).ToArray();
        var hasRelay = relay.TryGetRelay(out var relayUrl);
        var form = request.TicketForm != TicketForm.Auto ? request.TicketForm : hasRelay ? TicketForm.Relay : TicketForm.Addresses;
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
