using System.Diagnostics;

namespace AltSendme.Service.Tests.DBus;

/// <summary>A bus of a test's own: the real dbus-daemon, at an address in a folder of its own.</summary>
internal sealed class BusDaemon : IAsyncDisposable
{
    /// <summary>The session's rules, but every user may connect: what a careless administrator could set up.</summary>
    private const string OpenRules = """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <auth>EXTERNAL</auth>
          <listen>unix:path=/unused</listen>
          <policy context="default">
            <allow user="*"/>
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
        </busconfig>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("altsendme-bus-").FullName;
    private readonly bool _isOpen;
    private Process? _process;

    private BusDaemon(bool isOpen) => _isOpen = isOpen;

    /// <summary>A file in a folder that others can't enter, or where all may connect an address that is no file.</summary>
    public string Address => _isOpen ? $"unix:abstract={_folder}/bus" : $"unix:path={_folder}/bus";

    /// <param name="isOpen">Whether users of all kinds may connect.</param>
    public static async Task<BusDaemon> StartAsync(bool isOpen = false)
    {
        var daemon = new BusDaemon(isOpen);
        await daemon.StartAgainAsync();
        return daemon;
    }

    public async Task StartAgainAsync()
    {
        File.Delete(Path.Combine(_folder, "bus"));
        if (_isOpen)
            await File.WriteAllTextAsync(Path.Combine(_folder, "open.conf"), OpenRules);
        _process = Process.Start(new ProcessStartInfo("dbus-daemon", [_isOpen ? $"--config-file={Path.Combine(_folder, "open.conf")}" : "--session", "--nofork", "--nopidfile", "--print-address=1", $"--address={Address}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("The bus did not start.");
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();

        // It says where it listens once it does.
        _ = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The bus ended.");
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
