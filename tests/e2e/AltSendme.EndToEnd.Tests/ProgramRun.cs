using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace AltSendme.EndToEnd.Tests;

/// <summary>The real program in a process of its own, bound to loopback, ended at the latest after five minutes.</summary>
internal sealed partial class ProgramRun : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Continue = 18;
    private const int Stop = 19;

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _error = new();
    private readonly CancellationTokenSource _limit = new(Limit);

    private ProgramRun(Process process)
    {
        _process = process;
    }

    public static string ProgramFolder => Path.Combine(AppContext.BaseDirectory, "program");

    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public int Id => _process.Id;

    public static ProgramRun Start(string workingFolder, params string[] arguments) => Start(workingFolder, [], arguments);

    /// <summary>Starts the program, by way of a command that runs its arguments where one is given.</summary>
    public static ProgramRun Start(string workingFolder, (string Name, string Value)[] environment, string[] arguments, params string[] launcher)
    {
        string[] command = [.. launcher, Path.Combine(ProgramFolder, OperatingSystem.IsWindows() ? "altsendme.exe" : "altsendme"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        Isolate(start, workingFolder);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        var run = new ProgramRun(process);
        process.OutputDataReceived += (_, e) => run.OnLine(e.Data);
        process.ErrorDataReceived += (_, e) => run.OnError(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return run;
    }

    /// <summary>A user of a test's own, whose programs contact nothing beyond this machine.</summary>
    public static void Isolate(ProcessStartInfo start, string home)
    {
        start.Environment["ALTSENDME_Listen__Addresses__0"] = "127.0.0.1";
        start.Environment["ALTSENDME_Relays__Mode"] = "disabled";
        start.Environment["ALTSENDME_Discovery__Mode"] = "off";
        start.Environment["HOME"] = home;
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(home, ".config");
        start.Environment["XDG_DATA_HOME"] = Path.Combine(home, ".local");
        start.Environment["XDG_RUNTIME_DIR"] = home;

        // Nor do they touch the clipboard and the bus of whoever runs the tests.
        foreach (var name in new[] { "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY" })
            start.Environment.Remove(name);
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string workingFolder, params string[] arguments)
    {
        await using var run = Start(workingFolder, arguments);
        run._process.StandardInput.Close();
        var exitCode = await run.EndAsync();
        return (exitCode, string.Join('\n', await run.RestAsync()), run.Error);
    }

    /// <summary>The next line of standard output.</summary>
    public async Task<string> LineAsync()
    {
        try
        {
            return await _lines.Reader.ReadAsync(_limit.Token);
        }
        catch (ChannelClosedException)
        {
            throw new InvalidOperationException($"The program ended without another line. It said: {Error}");
        }
    }

    /// <summary>The first line from here on that holds <paramref name="text"/>.</summary>
    public async Task<string> LineWithAsync(string text)
    {
        while (true)
        {
            var line = await LineAsync();
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }
    }

    /// <summary>What is left of standard output, once the program has ended.</summary>
    public async Task<IReadOnlyList<string>> RestAsync()
    {
        var lines = new List<string>();
        await foreach (var line in _lines.Reader.ReadAllAsync(_limit.Token))
            lines.Add(line);
        return lines;
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(_limit.Token);
        return _process.ExitCode;
    }

    public void PressCtrlC() => Assert.Equal(0, Signal(_process.Id, Interrupt));

    public void KillHard() => Assert.Equal(0, Signal(_process.Id, Kill));

    /// <summary>Lets the program do nothing at all until <see cref="Thaw"/>; needs Linux.</summary>
    public void Freeze() => Assert.Equal(0, Signal(_process.Id, Stop));

    /// <summary>Lets it go on.</summary>
    public void Thaw() => Assert.Equal(0, Signal(_process.Id, Continue));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _limit.Dispose();
    }

    private void OnLine(string? line)
    {
        if (line is null)
            _lines.Writer.TryComplete();
        else
            _lines.Writer.TryWrite(line);
    }

    private void OnError(string? line)
    {
        if (line is null)
            return;
        lock (_error)
            _error.AppendLine(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
