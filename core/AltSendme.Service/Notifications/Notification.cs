namespace AltSendme.Service.Notifications;

/// <summary>Something that the user is told, in plain text.</summary>
internal sealed record Notification
{
    /// <summary>What it is about: of one share or receive the user sees one notification, the latest.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    public required string Body { get; init; }

    /// <summary>Whether something went wrong.</summary>
    public bool IsFailure { get; init; }

    /// <summary>Whether it stays until the user closes it: it holds what is shown nowhere else.</summary>
    public bool Stays { get; init; }

    /// <summary>What the user can do about it, where the platform shows buttons.</summary>
    public IReadOnlyList<NotificationAction> Actions { get; init; } = [];
}

/// <summary>Something to do about a notification.</summary>
/// <param name="Kind">What.</param>
/// <param name="Label">How it is called.</param>
internal sealed record NotificationAction(NotificationActionKind Kind, string Label);

/// <summary>What can be done about notifications.</summary>
internal enum NotificationActionKind
{
    StopShare,
    ShowShare,
    CopyTicket,
    OpenFolder,
    Resume,
}
