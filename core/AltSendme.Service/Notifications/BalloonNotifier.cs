using System.Runtime.Versioning;

namespace AltSendme.Service.Notifications;

/// <summary>
/// Balloons of the notification area of Windows, which show as toasts from Windows 10 on. They have no buttons: a click does the first thing that can be done. A balloon holds 255 letters; the share page, which a click opens, has the rest.
/// </summary>
/// <param name="chosen">Told of a click, with the notification's key; returns at once.</param>
[SupportedOSPlatform("windows")]
internal sealed class BalloonNotifier(Action<NotificationActionKind, string> chosen) : INotifier
{
    private Task<BalloonWindow>? _window;   // made for the first balloon

    // What a click on the balloon that is shown means; read by the window's thread.
    private volatile Notification? _shown;

    public async ValueTask<bool> TryShowAsync(Notification notification, CancellationToken cancellationToken)
    {
        var window = await (_window ??= BalloonWindow.OpenAsync(OnClicked));
        _shown = notification;
        return window.Show(Fit(notification.Title, BalloonWindow.MaxTitle), Fit(notification.Body, BalloonWindow.MaxText), notification.IsFailure);
    }

    public void Forget(string key)
    {
        if (_shown?.Key != key)
            return;
        _shown = null;
        if (_window is { IsCompletedSuccessfully: true })
            _window.Result.Hide();
    }

    public async ValueTask DisposeAsync()
    {
        if (_window is not null)
            await (await _window).DisposeAsync();
    }

    /// <summary>As much of a text as there is room for, without half a character at its end.</summary>
    internal static string Fit(string text, int limit)
    {
        if (text.Length <= limit)
            return text;
        var end = char.IsHighSurrogate(text[limit - 2]) ? limit - 2 : limit - 1;
        return text[..end] + '…';
    }

    private void OnClicked()
    {
        if (_shown is { Actions: [var first, ..], Key: var key })
            chosen(first.Kind, key);
    }
}
