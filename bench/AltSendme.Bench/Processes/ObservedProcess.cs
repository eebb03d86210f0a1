using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace AltSendme.Bench.Processes;

/// <summary>A program under measurement that reports events as JSON lines. Its clock starts with it; disposing it ends it and all that it started.</summary>
internal sealed class ObservedProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ProcessEvent>> _events = new();
    private readonly Task _reading;
    private readonly Task<string> _errors;
    private readonly Task _watching;
    private readonly Lock _usageGate = new();
    private ProcessUsage _usage;
    private bool _isDisposed;

    private ObservedProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;   // never written; its end tells a peer to end
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _watching = ProcessUsage.WatchAsync(_process, usage => Usage = usage);
        _errors = _process.StandardError.ReadToEndAsync();
        _reading = ReadEventsAsync();
    }

    public static ObservedProcess Start(ProcessStartInfo start) => new(start);

    /// <summary>What it has used until now; after the end, all that it used.</summary>
    public ProcessUsage Usage
    {
        get
        {
            lock (_usageGate)
                return _usage;
        }

        private set
        {
            lock (_usageGate)
                _usage = value;
        }
    }

    /// <summary>Waits for the first event of a type.</summary>
    /// <exception cref="InvalidOperationException">The program ended without it.</exception>
    public async Task<ProcessEvent> EventAsync(string type, CancellationToken cancellationToken)
    {
        var occurred = Occurrence(type).Task;
        await Task.WhenAny(occurred, _reading).WaitAsync(cancellationToken);
        return occurred.IsCompleted ? await occurred : throw new InvalidOperationException($"{Name} ended without an event '{type}': {(await _errors).Trim()}");
    }

    /// <summary>Waits for the end, and gives the time from start to end.</summary>
    /// <exception cref="InvalidOperationException">The exit code is not 0.</exception>
    public async Task<TimeSpan> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        var elapsed = _clock.Elapsed;
        await _reading;
        return _process.ExitCode == 0 ? elapsed : throw new InvalidOperationException($"{Name} ended with exit code {_process.ExitCode}: {(await _errors).Trim()}");
    }

    public async ValueTask DisposeAsync()   // twice is fine
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        await _watching;
        _process.Dispose();
    }

    private string Name => Path.GetFileName(_process.StartInfo.FileName);

    private TaskCompletionSource<ProcessEvent> Occurrence(string type) => _events.GetOrAdd(type, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task ReadEventsAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line is not ['{', ..])
                continue;
            var content = JsonSerializer.Deserialize<JsonElement>(line);
            if (content.TryGetProperty("type", out var type))
                Occurrence(type.GetString()!).TrySetResult(new ProcessEvent(_clock.Elapsed, content));
        }
    }
}
