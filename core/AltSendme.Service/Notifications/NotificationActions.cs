using System.ComponentModel;
using System.Diagnostics;
using AltSendme.Abstractions;
using AltSendme.Service.Client.Clipboard;
using AltSendme.Service.Receives;
using AltSendme.Service.Shares;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Notifications;

/// <summary>Does what the user chose on a notification.</summary>
internal sealed partial class NotificationActions(ShareBook shares, ReceiveBook receives, ILogger<NotificationActions> logger)
{
    /// <param name="kind">What.</param>
    /// <param name="id">Of which share or receive.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task RunAsync(NotificationActionKind kind, string id, CancellationToken cancellationToken)
    {
        try
        {
            switch (kind)
            {
                case NotificationActionKind.StopShare:
                    await shares.RemoveAsync(id);
                    break;
                case NotificationActionKind.ShowShare:
                    Start(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "altsendme.exe" : "altsendme"), "share", "--dialog", id);
                    break;
                case NotificationActionKind.CopyTicket when shares.Find(id).View.Ticket is { } ticket:
                    await SystemClipboard.TryCopyAsync(ticket, cancellationToken);
                    break;
                case NotificationActionKind.OpenFolder:
                    Start(OperatingSystem.IsMacOS() ? "open" : OperatingSystem.IsWindows() ? "explorer.exe" : "xdg-open", receives.Find(id).View.Destination);
                    break;
                case NotificationActionKind.Resume:
                    await receives.Find(id).ResumeAsync(null);
                    break;
            }
        }
        catch (Exception exception) when (exception is AltSendmeException or Win32Exception)
        {
            // The share or receive is gone meanwhile, or the program that shows it is not there.
            LogNotDone(logger, kind, exception.Message);
        }
    }

    private static void Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false });
    }

    [LoggerMessage(7451, LogLevel.Warning, "{Kind} was chosen on a notification, and can't be done: {Reason}")]
    private static partial void LogNotDone(ILogger logger, NotificationActionKind kind, string reason);
}
