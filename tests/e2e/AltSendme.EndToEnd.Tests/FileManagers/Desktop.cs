using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests.FileManagers;

/// <summary>
/// A desktop of a test's own: a virtual screen with a window manager, a session bus that starts nothing but our service, and something that takes notifications. The user's home is a folder of the
/// test's own, too.
/// </summary>
public sealed class Desktop : IAsyncLifetime
{
    /// <summary>The system's own, which the bindings of GLib are installed for.</summary>
    public const string Python = "/usr/bin/python3";

    private const string BusConfiguration = """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:path=@HOME@/bus</listen>
          <servicedir>@HOME@/.local/dbus-1/services</servicedir>
          <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
        </busconfig>
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _processes = [];
    private readonly Channel<Notification> _notifications = Channel.CreateUnbounded<Notification>();
    private readonly ConcurrentQueue<string> _said = new();
    private string _display = "";
    private Task _taking = Task.CompletedTask;

    public string Home => Directory.CreateDirectory(Path.Combine(_folder.Path, "home")).FullName;

    public async Task InitializeAsync()
    {
        if (DesktopFactAttribute.Missing is not null)
            return;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var screen = Start("Xvfb", "-displayfd", "1", "-screen", "0", "1100x760x24", "-nolisten", "tcp");
        _display = ":" + await screen.StandardOutput.ReadLineAsync(limit.Token);
        Start("openbox");

        var configuration = _folder.Write("bus.conf", BusConfiguration.Replace("@HOME@", Home, StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(Home, ".local", "dbus-1", "services"));
        var bus = Start("dbus-daemon", "--config-file=" + configuration, "--nofork", "--nosyslog", "--print-address=1");
        Assert.NotNull(await bus.StandardOutput.ReadLineAsync(limit.Token));
        var notifications = Start(Python, Path.Combine(AppContext.BaseDirectory, "FileManagers", "notifications.py"));
        Assert.Contains("ready", await notifications.StandardOutput.ReadLineAsync(limit.Token), StringComparison.Ordinal);
        _taking = TakeAsync(notifications.StandardOutput);
    }

    /// <summary>Starts a program of this desktop's user; it ends with the desktop.</summary>
    public Process Start(string program, params string[] arguments) => Start([], program, arguments);

    /// <inheritdoc cref="Start(string, string[])"/>
    public Process Start((string Name, string Value)[] environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Home };
        ProgramRun.Isolate(start, Home);
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[.. Session, .. environment])
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");

        process.ErrorDataReceived += (_, e) => _said.Enqueue($"{program}: {e.Data}");
        process.BeginErrorReadLine();
        lock (_processes)
            _processes.Add(process);
        return process;
    }

    /// <summary>Runs a program to its end.</summary>
    public async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var process = Start(program, arguments);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return output;
    }

    /// <summary>What is on the clipboard, once it is a ticket other than <paramref name="before"/>.</summary>
    public Task<string> TicketOnClipboardAsync(string before, CancellationToken cancellationToken) =>
        UntilAsync(() => ClipboardAsync(cancellationToken), text => text.StartsWith("blob", StringComparison.Ordinal) && text != before, cancellationToken);

    public Task<string> ClipboardAsync(CancellationToken cancellationToken) => RunAsync("xclip", ["-o", "-selection", "clipboard"], cancellationToken);

    /// <summary>The next notification that <paramref name="isWanted"/>.</summary>
    public async Task<Notification> NotificationAsync(Func<Notification, bool> isWanted, CancellationToken cancellationToken)
    {
        var seen = new List<Notification>();
        try
        {
            while (true)
            {
                var next = await _notifications.Reader.ReadAsync(cancellationToken);
                if (isWanted(next))
                    return next;
                seen.Add(next);
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new InvalidOperationException($"No such notification came. There were: {string.Join("; ", seen)}. Programs said: {string.Join('\n', _said)}", exception);
        }
    }

    /// <summary>Asks again and again until the answer is as it should be. The screen tells nobody when it has changed.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isWanted, CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if (await ask() is var answer && isWanted(answer))
                return answer;
            await pause.WaitForNextTickAsync(cancellationToken);
        }
    }

    public async Task DisposeAsync()
    {
        if (_processes.Count > 0)
            await ProgramRun.RunAsync(Home, "service", "stop");
        foreach (var process in Enumerable.Reverse(_processes))
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        await _taking;
        _folder.Dispose();
    }

    private (string, string)[] Session =>
    [
        ("DISPLAY", _display), ("DBUS_SESSION_BUS_ADDRESS", $"unix:path={Home}/bus"), ("WAYLAND_DISPLAY", ""), ("LC_ALL", "C.UTF-8"), ("LANGUAGE", ""),
        ("GSK_RENDERER", "cairo"), ("LIBGL_ALWAYS_SOFTWARE", "1"), ("GTK_A11Y", "none"), ("NO_AT_BRIDGE", "1"), ("GIO_USE_VFS", "local"), ("GSETTINGS_BACKEND", "memory"), ("PYTHONDONTWRITEBYTECODE", "1"),
    ];

    private async Task TakeAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
            _notifications.Writer.TryWrite(JsonSerializer.Deserialize<Notification>(line, JsonSerializerOptions.Web)!);
    }
}
