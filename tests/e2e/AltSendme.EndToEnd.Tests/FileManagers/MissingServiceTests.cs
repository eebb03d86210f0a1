namespace AltSendme.EndToEnd.Tests.FileManagers;

/// <summary>The extension on a session bus that knows nothing of the service.</summary>
public sealed class MissingServiceTests(Desktop desktop) : IClassFixture<Desktop>
{
    private string Package => Path.Combine(desktop.Home, "package");

    [DesktopFact]
    public async Task A_notification_says_that_the_service_is_missing() =>
        Assert.Contains("org.altsendme.AltSendme1", (await FailureAsync("Envoi impossible", "send", "file:///etc/hostname")).Body, StringComparison.Ordinal);

    [DesktopFact]
    public async Task A_notification_says_that_the_program_of_the_window_is_missing() =>
        Assert.Contains("/nowhere/altsendme", (await FailureAsync("Réception impossible", "receive", "/nowhere/altsendme")).Body, StringComparison.Ordinal);

    private async Task<Notification> FailureAsync(string summary, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await ProgramRun.RunAsync(desktop.Home, "integrate", "install", "nautilus", "--root", Package)).ExitCode);

        desktop.Start([("LANGUAGE", "fr")], Desktop.Python, [ExtensionTests.Harness, Path.Combine(Package, "usr/share/nautilus-python/extensions/altsendme-nautilus.py"), .. arguments]);
        return await desktop.NotificationAsync(shown => shown.Summary == summary, limit.Token);
    }
}
