namespace AltSendme.Core.Settings;

/// <summary>Section <c>Send</c>.</summary>
public sealed class SendSettings
{
    /// <summary>What tickets say about the way to this side.</summary>
    public TicketForm TicketType { get; set; } = TicketForm.Auto;

    /// <summary>How long a share lasts, up to a year; 0 for no end.</summary>
    public TimeSpan Lifetime { get; set; }

    /// <summary>Whether whoever knows a share's id is told names, types and sizes of what stands at its top, as the AltSendme app does it.</summary>
    public bool Preview { get; set; } = true;

    /// <summary>Whether shares use this user's persistent id, so that receivers can tell that they come from one sender. By default each share has an id of its own, which nothing links to another.</summary>
    public bool PersistentIdentity { get; set; }
}
