namespace AltSendme.Service.Notifications;

/// <summary>A platform without notifications.</summary>
internal sealed class NoNotifier : INotifier
{
    public ValueTask<bool> TryShowAsync(Notification notification, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public void Forget(string key)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
