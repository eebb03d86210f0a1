using System.Diagnostics;

namespace AltSendme.EndToEnd.Tests.Desktop;

/// <summary>A user's session of a test's own: the real dbus-daemon, which can start the service, and commands that run in it.</summary>
internal sealed class Session : IAsyncDisposable
{
    public const string Service = "org.altsendme.AltSendme1";
    public const string Object = "/org/altsendme/AltSendme1";

    private readonly Process _bus;
    private readonly string _home;

    private Session(Process bus, string home, string address) => (_bus, _home, Address) = (bus, home, address);

    /// <summary>Where the bus is.</summary>
    public string Address { get; }

    /// <summary>What the session's programs have in their environment, besides.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts the bus.</summary>
    /// <param name="home">The user's home.</param>
    /// <param name="environment">What all programs of the session have in their environment, those that the bus starts, too.</param>
    public static async Task<Session> StartAsync(string home, params (string Name, string Value)[] environment)
    {
        // The packages' file, with this program's place, and without systemd.
        var activation = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "integrations", "packaging", "dbus", $"{Service}.service")))
            .Replace("/usr/lib/altsendme", ProgramRun.ProgramFolder, StringComparison.Ordinal).Replace("SystemdService=altsendme.service\n", "", StringComparison.Ordinal);
        var services = Directory.CreateDirectory(Path.Combine(home, ".local", "dbus-1", "services")).FullName;
        await File.WriteAllTextAsync(Path.Combine(services, $"{Service}.service"), activation);

        var start = new ProcessStartInfo("dbus-daemon", ["--session", "--nofork", "--nopidfile", "--print-address=1", $"--address=unix:path={Path.Combine(home, "bus")}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        ProgramRun.Isolate(start, home);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var bus = Process.Start(start) ?? throw new InvalidOperationException("The bus did not start.");
        bus.ErrorDataReceived += static (_, _) => { };
        bus.BeginErrorReadLine();
        var address = await bus.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The bus ended.");
        var session = new Session(bus, home, address);
        foreach (var (name, value) in environment)
            session.Environment[name] = value;
        return session;
    }

    /// <summary>Calls the service by gdbus.</summary>
    public Task<(int ExitCode, string Output)> CallAsync(string method, params string[] arguments) => CallOtherAsync(Service, Object, $"{Service}.{method}", arguments);

    /// <summary>Calls anybody by gdbus.</summary>
    public Task<(int ExitCode, string Output)> CallOtherAsync(string name, string path, string method, params string[] arguments) =>
        RunAsync("gdbus", ["call", "--session", "--timeout", "60", "--dest", name, "--object-path", path, "--method", method, .. arguments]);

    /// <summary>Starts a program in the session.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _home };
        ProgramRun.Isolate(start, _home);
        start.Environment["DBUS_SESSION_BUS_ADDRESS"] = Address;
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Runs a program in the session to its end.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var process = Start(program, arguments);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, (output + await error).Trim());
    }

    /// <summary>Runs the command in the session.</summary>
    public Task<(int ExitCode, string Output)> AltSendmeAsync(params string[] arguments) => RunAsync(Path.Combine(ProgramRun.ProgramFolder, "altsendme"), arguments);

    /// <summary>Ends the bus at once.</summary>
    public async Task KillBusAsync()
    {
        _bus.Kill();
        await _bus.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await AltSendmeAsync("service", "stop");
        if (!_bus.HasExited)
            await KillBusAsync();
        _bus.Dispose();
    }
}
