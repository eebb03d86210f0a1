using AltSendme.Core;
using AltSendme.Core.Policy;
using AltSendme.Core.Tickets;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Receives;

/// <summary>Checks what somebody asks to be received, before anybody is contacted.</summary>
internal static class ReceiveOrders
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>The tickets, parsed.</summary>
    /// <exception cref="ServiceException"><c>service.bad-request</c>: the order can't be used.</exception>
    public static IReadOnlyList<BlobTicket> Tickets(IReadOnlyList<string>? texts)
    {
        if (texts is null || texts.Count is 0 or > ReceiveOrder.MaxTickets || texts.Any(static text => text is null))
            throw Bad($"Name a ticket, and {ReceiveOrder.MaxTickets} for the same content at most.");
        return [.. texts.Select(static text => BlobTicket.Parse(text))];
    }

    /// <summary>The folder to receive into.</summary>
    /// <param name="folder">What was asked for.</param>
    /// <param name="core">What settings and policy say where nothing was asked for.</param>
    public static string Destination(string? folder, CoreServices core)
    {
        if (folder is null)
            return Default(core.Settings.Receive.Folder, core.Policy);
        if (folder.Length > ShareOrder.MaxPathLength || folder.Contains('\0', StringComparison.Ordinal) || !Path.IsPathFullyQualified(folder))
            throw Bad("The destination is not an absolute path.");
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    }

    /// <summary>Checks the rest of an order.</summary>
    public static void Check(ReceiveOrder order, DateTimeOffset now)
    {
        if (order.WaitUntil is { } moment && (moment <= now || moment > now + LongestWait))
            throw Bad($"Waiting must end in the future, within {LongestWait.TotalDays:0} days.");
        if (order.Conflict is { } rule && !Enum.IsDefined(rule))
            throw Bad("There is no such rule for names that are taken.");
    }

    // Policy's folder wins over one outside it.
    private static string Default(string chosen, PolicyDecisionPoint policy)
    {
        if (chosen.Length > 0 && policy.JudgeDestination(chosen).IsAllowed)
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(chosen));
        return policy.ReceiveFolder ?? DownloadFolder.Find();
    }

    private static ServiceException Bad(string message) => new(ServiceCodes.BadRequest, message);
}
