using AltSendme.Abstractions;
using AltSendme.Core.Discovery;
using AltSendme.Core.Paths;
using AltSendme.Core.Progress;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Sending;

/// <summary>Decides whether a share is announced to discovery services (docs/decisions/0020): by default only where nobody could find it otherwise, since whoever knows a share's id may connect and ask for its preview.</summary>
internal static class ShareAnnouncement
{
    /// <summary>Announces the share where that is due.</summary>
    /// <returns>The services that announce it now.</returns>
    public static async Task<IReadOnlyList<AnnouncementOutcome>> DecideAsync(
        EndpointSession endpoint, IReadOnlyList<EndpointAddress> addresses, TicketForm form, DiscoverySettings settings, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
    {
        var couldReplaceAddresses = form == TicketForm.Auto && !addresses.Any(static address => address.Scheme == EndpointAddress.RelayScheme) && endpoint.CanAnnounce(addresses);
        var isDue = endpoint.CanFind && settings.Publish switch
        {
            PublishRule.Always => true,
            PublishRule.Never => false,
            _ => form == TicketForm.Id || couldReplaceAddresses,
        };
        if (!isDue)
            return [];

        var outcomes = await endpoint.AnnounceAsync(cancellationToken);
        foreach (var outcome in outcomes)
        {
            if (outcome.Failure is { } reason)
                progress.Report(new AnnouncementFailed(outcome.Service, reason));
        }

        var announced = outcomes.Where(static outcome => outcome.Failure is null).ToArray();
        if (announced.Any(static outcome => !outcome.IsLocalNetwork) || form == TicketForm.Id || settings.Publish == PublishRule.Always)
            return announced;

        // The ticket will have to hold the addresses after all, so that nobody need be told.
        await endpoint.WithdrawAsync(cancellationToken);
        return [];
    }
}
