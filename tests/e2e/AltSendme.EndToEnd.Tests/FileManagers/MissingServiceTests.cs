namespace AltSendme.EndToEnd.Tests.FileManagers;

/// <summary>The extension on a session bus that knows nothing of the service.</summary>
public sealed class MissingServiceTests(Desktop desktop) : IClassFixture<Desktop>
{
    [DesktopFact]
    public async Task A_notification_says_that_the_service_is_missing()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var package = Path.Combine(desktop.Home, "package");
        Assert.Equal(0, (await ProgramRun.RunAsync(desktop.Home, "integrate", "install", "nautilus", "--root", package)).ExitCode);

        desktop.Start([("LANGUAGE", "fr")], Desktop.Python, ExtensionTests.Harness, Path.Combine(package, "usr/share/nautilus-python/extensions/altsendme-nautilus.py"), "send", "file:///etc/hostname");
        var notification = await desktop.NotificationAsync(static _ => true, limit.Token);

        Assert.Equal("Envoi impossible", notification.Summary);
        Assert.Contains("org.altsendme.AltSendme1", notification.Body, StringComparison.Ordinal);
    }
}
