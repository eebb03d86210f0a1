using System.Diagnostics;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Client.Contract;

namespace AltSendme.EndToEnd.Tests;

/// <summary>The real service of a user of the test's own, who keeps everything in one folder. It may be killed and started again any number of times.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly string _home;
    private Process? _process;

    public ServiceProcess(string home)
    {
        _home = Directory.CreateDirectory(home).FullName;
        Client = Connect(_home);
    }

    public ServiceConnection Client { get; }

    /// <summary>A connection to the service of the user whose home this is.</summary>
    public static ServiceConnection Connect(string home) => new(new ServiceStarter(ServicePlace.Of(Path.Combine(home, ".local", "altsendme"), home), null, TimeProvider.System));

    /// <summary>Starts it, by way of a command that becomes its arguments where one is given, and waits until it listens.</summary>
    public async Task StartAsync(CancellationToken cancellationToken, (string Name, string Value)[]? environment = null, string[]? launcher = null)
    {
        string[] command = [.. launcher ?? [], Path.Combine(ProgramRun.ProgramFolder, OperatingSystem.IsWindows() ? "altsendme-service.exe" : "altsendme-service")];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _home };
        ProgramRun.Isolate(start, _home);
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        _process = Process.Start(start) ?? throw new InvalidOperationException("The service did not start.");
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data?.Contains("listens", StringComparison.Ordinal) == true)
                listening.TrySetResult();
            else if (e.Data is null)
                listening.TrySetException(new InvalidOperationException("The service ended before it listened."));
        };
        _process.BeginErrorReadLine();
        await listening.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process!.Kill();
        await _process.WaitForExitAsync(cancellationToken);
        _process.Dispose();
        _process = null;
    }

    /// <summary>The receive, once it is as the test wants it.</summary>
    public async Task<ReceiveView> UntilAsync(string id, Func<ReceiveView, bool> isWanted, CancellationToken cancellationToken)
    {
        await foreach (var value in Client.EventsAsync(id, cancellationToken: cancellationToken))
        {
            if ((value.Receive ?? await Client.ReceiveAsync(id, cancellationToken)) is var view && isWanted(view))
                return view;
        }

        throw new InvalidOperationException("The service ended.");
    }

    /// <summary>The share, once it is as the test wants it.</summary>
    public async Task<ShareView> UntilShareAsync(string id, Func<ShareView, bool> isWanted, CancellationToken cancellationToken)
    {
        await foreach (var value in Client.EventsAsync(id, cancellationToken: cancellationToken))
        {
            if ((value.Share ?? await Client.ShareAsync(id, cancellationToken)) is var view && isWanted(view))
                return view;
        }

        throw new InvalidOperationException("The service ended.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is not null)
            await KillAsync(CancellationToken.None);
    }
}
