namespace AltSendme.Core.Settings;

/// <summary>Of what the service's notifications tell, for what asks for them.</summary>
public enum NotificationLevel
{
    /// <summary>Of all that they can: a ticket is ready, a receiver is there, it is finished or failed.</summary>
    All,

    /// <summary>Of what went wrong, and of a ticket that could not be copied.</summary>
    Failures,

    /// <summary>Of nothing.</summary>
    Off,
}
