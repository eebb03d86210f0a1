using AltSendme.Service.DBus;

namespace AltSendme.Service.Notifications;

/// <summary>Which notifications this platform has.</summary>
internal static class Notifiers
{
    /// <summary>Whether there is anything to tell with.</summary>
    /// <param name="bus">The session bus, where the service is on it.</param>
    public static bool Exist(SessionBus? bus) => bus is not null || OperatingSystem.IsMacOS() || OperatingSystem.IsWindows();

    /// <summary>Makes the platform's part.</summary>
    /// <param name="bus">The session bus, where the service is on it.</param>
    /// <param name="chosen">Told of an action that was chosen, with the notification's key; returns at once.</param>
    public static INotifier Make(SessionBus? bus, Action<NotificationActionKind, string> chosen) =>
        bus is not null ? new FreedesktopNotifier(bus, chosen)
        : OperatingSystem.IsMacOS() ? new AppleNotifier()
        : OperatingSystem.IsWindows() ? new BalloonNotifier(chosen)
        : new NoNotifier();
}
