using AltSendme.Service.Client.Clipboard;
using AltSendme.Service.DBus;

namespace AltSendme.Service.Shares;

/// <summary>The clipboard that tickets go to: that of the user's desktop, wherever the service was started.</summary>
internal sealed class TicketClipboard(DesktopSession desktop)
{
    /// <summary>Whether it took the ticket; what was on it stays otherwise.</summary>
    public async Task<bool> TryCopyAsync(string ticket, CancellationToken cancellationToken) => await SystemClipboard.TryCopyAsync(ticket, await desktop.VariablesAsync(cancellationToken), cancellationToken);
}
