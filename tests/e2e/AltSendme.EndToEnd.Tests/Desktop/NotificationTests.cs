using System.Diagnostics;
using System.Text.RegularExpressions;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests.Desktop;

/// <summary>A notification as a user sees it: a real server (dunst) on a virtual screen. <c>ALTSENDME_SCREENSHOTS=1</c> keeps the picture in docs/images.</summary>
public sealed partial class NotificationTests : IAsyncLifetime
{
    private const string Packages = "dbus libglib2.0-bin xvfb xclip dunst imagemagick fonts-dejavu-core librsvg2-common";

    private readonly TemporaryFolder _folder = new();

    private string Home => Directory.CreateDirectory(Path.Combine(_folder.Path, "a")).FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    [DesktopFact(Packages, "dbus-daemon", "gdbus", "Xvfb", "xclip", "dunst", "import")]
    public async Task What_was_sent_is_on_the_clipboard_of_the_screen_and_a_notification_says_so()
    {
        _folder.Write("a/Holiday pictures.zip", "the content");
        _folder.Write("a/icons/org.altsendme.AltSendme.svg", await File.ReadAllTextAsync(Path.Combine(Repository.Root, "core", "AltSendme.Service", "Web", "Site", "icon.svg")));
        using var screen = Process.Start(new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-screen", "0", "520x126x24", "-wr", "-nolisten", "tcp"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Process? dunst = null;
        try
        {
            var display = ":" + await screen.StandardOutput.ReadLineAsync();
            await using var session = await Session.StartAsync(Home, ("DISPLAY", display), ("LC_ALL", "C.UTF-8"));
            dunst = session.Start("dunst", "-conf", _folder.Write("a/dunstrc", Look.Replace("ICONS", Path.Combine(Home, "icons"), StringComparison.Ordinal)));

            var (exitCode, output) = await session.CallAsync("Send", $"['{new Uri(Path.Combine(Home, "Holiday pictures.zip")).AbsoluteUri}']", "@a{sv} {}");

            Assert.True(exitCode == 0, output);
            Assert.Equal(Ticket().Match(output).Value, (await session.RunAsync("xclip", "-o", "-selection", "clipboard")).Output);
            await UntilShownAsync(session);
            await PhotographAsync(session);
        }
        finally
        {
            dunst?.Kill();
            dunst?.Dispose();
            screen.Kill();
        }
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private const string Look = """
        [global]
            width = 480
            origin = top-center
            offset = 0x18
            font = DejaVu Sans 11
            format = "<b>%s</b>\n%b"
            padding = 14
            horizontal_padding = 16
            frame_width = 1
            corner_radius = 8
            icon_path = ICONS
            max_icon_size = 48
            min_icon_size = 48
            icon_position = left
            show_indicators = no
        [urgency_normal]
            background = "#f4f4f2"
            foreground = "#202020"
            frame_color = "#c0c0c0"
            timeout = 60
        """;

    [GeneratedRegex("blob[a-z2-7]{50,}")]
    private static partial Regex Ticket();

    private static async Task UntilShownAsync(Session session)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await session.CallOtherAsync("org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.DBus.Properties.Get", "org.dunstproject.cmd0", "displayedLength")).Output.Contains("uint32 1", StringComparison.Ordinal))
            limit.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Takes a picture once more than the empty screen is on it.</summary>
    private async Task PhotographAsync(Session session)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var path = Path.Combine(Home, "notification.png");
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            var (exitCode, output) = await session.RunAsync("import", "-window", "root", "-depth", "8", "-define", "png:compression-level=9", "-strip", path);
            Assert.True(exitCode == 0, output);
        }
        while (new FileInfo(path).Length < 3000);

        if (Environment.GetEnvironmentVariable("ALTSENDME_SCREENSHOTS") == "1")
            File.Copy(path, Path.Combine(Repository.Root, "docs", "images", "notification.png"), overwrite: true);
    }
}
