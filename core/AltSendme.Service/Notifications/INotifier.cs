namespace AltSendme.Service.Notifications;

/// <summary>A platform's notifications. One caller at a time.</summary>
internal interface INotifier : IAsyncDisposable
{
    /// <summary>Shows a notification, in place of an earlier one with the same key.</summary>
    /// <returns>Whether it is shown. A platform that does not answer within some seconds does not show it.</returns>
    ValueTask<bool> TryShowAsync(Notification notification, CancellationToken cancellationToken);

    /// <summary>What it knows of a share or receive is of no use any more.</summary>
    void Forget(string key);
}
