using System.Buffers;
using System.Text;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Shares;

/// <summary>Checks what somebody asks to be shared, before anything is done with it.</summary>
internal static class ShareOrders
{
    /// <summary>What a text is called that has no name.</summary>
    public const string DefaultName = "text.txt";

    private const int MaxNameBytes = 200;

    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/\\:*?\"<>|");

    /// <exception cref="ServiceException"><c>service.bad-request</c>: the order can't be used; the message says why.</exception>
    public static void Check(ShareOrder order, DateTimeOffset now)
    {
        if (order.Paths is null || order.Paths.Count == 0 == order.Text is null)
            throw Bad("Name either paths or a text to be shared.");
        if (order.Paths.Count > ShareOrder.MaxPaths)
            throw Bad($"More than {ShareOrder.MaxPaths} paths were named. Name the folder that holds them.");
        foreach (var path in order.Paths)
        {
            if (path is null || path.Length > ShareOrder.MaxPathLength || path.Contains('\0', StringComparison.Ordinal) || !Path.IsPathFullyQualified(path))
                throw Bad("A path is not absolute, or not a path at all.");
        }

        if (order.Text?.Length > ShareOrder.MaxTextLength)
            throw Bad($"The text has more than {ShareOrder.MaxTextLength} characters. Share it as a file.");
        if (order.Name is { } name && (order.Text is null || !IsFileName(name)))
            throw Bad("The name is for a text, and must be a plain file name.");
        if (order.Expires is { } moment && (moment <= now || moment > now.AddYears(10)))
            throw Bad("The share would end in the past, or in more than ten years.");
        if (order.TicketType is { } form && !Enum.IsDefined(form))
            throw Bad("There is no such type of ticket.");
    }

    private static bool IsFileName(string name) =>
        name.Length > 0 && name is not ("." or "..") && !name.AsSpan().ContainsAny(NotInNames) && !name.Any(char.IsControl) && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes;

    private static ServiceException Bad(string message) => new(ServiceCodes.BadRequest, message);
}
