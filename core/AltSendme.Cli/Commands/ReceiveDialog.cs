using AltSendme.Abstractions;
using AltSendme.Core.Tickets;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme receive --dialog</c>: the window for receiving, with a ticket in it or without.</summary>
internal static class ReceiveDialog
{
    public static async Task<int> RunAsync(string? argument, CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: true);
        return await DialogOption.OpenAsync(service, await OrderAsync(argument, cancellationToken), cancellationToken);
    }

    // Whoever clicked on a file or link sees no terminal: what is wrong with it is said in the window.
    private static async Task<WindowOrder> OrderAsync(string? argument, CancellationToken cancellationToken)
    {
        try
        {
            var ticket = argument is null ? null : await TicketSource.ReadAsync(argument, cancellationToken);
            return ticket?.Length > TicketLimits.MaxTextLength ? Noticed("What was opened is too long to be a ticket.") : new WindowOrder { Page = WindowPage.Receive, Ticket = ticket };
        }
        catch (StorageException exception)
        {
            return Noticed(exception.Message);
        }
    }

    private static WindowOrder Noticed(string notice) => new() { Page = WindowPage.Receive, Notice = notice.Length > 1000 ? notice[..1000] : notice };
}
