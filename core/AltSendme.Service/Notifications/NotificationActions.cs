using System.ComponentModel;
using System.Diagnostics;
using AltSendme.Abstractions;
using AltSendme.Service.DBus;
using AltSendme.Service.Receives;
using AltSendme.Service.Shares;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Notifications;

/// <summary>Does what the user chose on a notification.</summary>
internal sealed partial class NotificationActions(ShareBook shares, ReceiveBook receives, TicketClipboard clipboard, DesktopSession desktop, ILogger<NotificationActions> logger)
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
                    await StartAsync(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "altsendme.exe" : "altsendme"), ["share", "--dialog", id], cancellationToken);
                    break;
                case NotificationActionKind.CopyTicket when shares.Find(id).View.Ticket is { } ticket:
                    await clipboard.TryCopyAsync(ticket, cancellationToken);
                    break;
                case NotificationActionKind.OpenFolder:
                    await StartAsync(OperatingSystem.IsMacOS() ? "open" : OperatingSystem.IsWindows() ? "explorer.exe" : "xdg-open", [receives.Find(id).View.Destination], cancellationToken);
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

    private async Task StartAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false };
        foreach (var (name, value) in await desktop.VariablesAsync(cancellationToken))
            start.Environment[name] = value;
        using var process = Process.Start(start);
    }

    [LoggerMessage(7451, LogLevel.Warning, "{Kind} was chosen on a notification, and can't be done: {Reason}")]
    private static partial void LogNotDone(ILogger logger, NotificationActionKind kind, string reason);
}
