namespace AltSendme.Core.Settings;

/// <summary>Section <c>Service</c>.</summary>
public sealed class ServiceSettings
{
    /// <summary>How long the service stays with nothing to do, 0 to 1 day; 0 means until it is stopped.</summary>
    public TimeSpan IdleExit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a finished receive is listed, 0 to 365 days.</summary>
    public TimeSpan KeepFinished { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a receive that is not finished can be resumed, 1 hour to 365 days. Then it is forgotten, and what was fetched of it removed.</summary>
    public TimeSpan KeepUnfinished { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Of what notifications tell, for what asks for them.</summary>
    public NotificationLevel Notifications { get; set; }

    /// <summary>Whether programs of the user's session may use the service over D-Bus.</summary>
    public bool SessionBus { get; set; } = true;
}
