using AltSendme.Core.Receiving;

namespace AltSendme.Service.Client.Contract;

/// <summary>What to receive. Giving it is consent: the content is what the ticket's hash names, as a preview showed it.</summary>
public sealed record ReceiveOrder
{
    /// <summary>Tickets in one order at most.</summary>
    public const int MaxTickets = 16;

    /// <summary>Tickets for one content, the first sender's first.</summary>
    public IReadOnlyList<string> Tickets { get; init => field = value ?? []; } = [];

    /// <summary>Folder to receive into, absolute; the folder for downloads by default.</summary>
    public string? Destination { get; init; }

    /// <summary>What happens when a name is taken; the setting by default.</summary>
    public ConflictRule? Conflict { get; init; }

    /// <summary>Whether notifications tell when it is received or why it failed. The setting <c>Service:Notifications</c> may say less.</summary>
    public bool Notify { get; init; }

    /// <summary>Until when to wait for a sender that is not there; by default the receive fails then, and can be resumed.</summary>
    public DateTimeOffset? WaitUntil { get; init; }
}
