using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Storage;

namespace AltSendme.Service.Web;

/// <summary>Checks what window somebody asks for.</summary>
internal static class WindowOrders
{
    private const int MaxNoticeLength = 1000;

    /// <exception cref="ServiceException"><c>service.bad-request</c>: the order can't be used.</exception>
    public static void Check(WindowOrder order)
    {
        if (!Enum.IsDefined(order.Page))
            throw Bad("There is no such window.");
        if (order.Ticket is { } ticket && (order.Page != WindowPage.Receive || ticket.Length > WindowOrder.MaxTicketLength))
            throw Bad($"A ticket is for the window for receiving, and has {WindowOrder.MaxTicketLength} characters at most.");
        if (order.Share is { } share && (order.Page != WindowPage.Share || !RecordId.IsValid(share)))
            throw Bad("The window for sharing takes the id of a share.");
        if (order.Receive is { } receive && (order.Page != WindowPage.Receive || order.Ticket is not null || !RecordId.IsValid(receive)))
            throw Bad("The window for receiving takes a ticket, or the id of a receive.");
        if (order.Notice is { Length: > MaxNoticeLength })
            throw Bad($"A notice has {MaxNoticeLength} characters at most.");
        if (order.Folder is { } folder && (folder.Length > ShareOrder.MaxPathLength || folder.Contains('\0', StringComparison.Ordinal) || !Path.IsPathFullyQualified(folder)))
            throw Bad("The folder is not an absolute path.");
    }

    private static ServiceException Bad(string message) => new(ServiceCodes.BadRequest, message);
}
