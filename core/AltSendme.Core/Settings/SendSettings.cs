namespace AltSendme.Core.Settings;

/// <summary>Section <c>Send</c>.</summary>
public sealed class SendSettings
{
    /// <summary>What tickets say about the way to this side.</summary>
    public TicketForm TicketType { get; set; } = TicketForm.Auto;
}
