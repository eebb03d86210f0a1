using System.Diagnostics;

namespace AltSendme.Interop.Tests.Peers;

/// <summary>The real <c>altsendme-relay</c> in a process of its own. Disposing it kills it.</summary>
internal sealed class RelayRun : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private RelayRun(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts it by a command that leads into a namespace, and waits until it listens.</summary>
    public static async Task<RelayRun> StartAsync(string[] launcher, string listen, params string[] settings)
    {
        string[] arguments = [.. launcher[1..], "dotnet", Path.Combine(AppContext.BaseDirectory, "altsendme-relay.dll"), "--listen", listen, .. settings];
        var run = new RelayRun(Process.Start(new ProcessStartInfo(launcher[0], arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!);
        using var limit = new CancellationTokenSource(StartLimit);
        while (await run._process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains("Relaying on", StringComparison.Ordinal))
                return run;
        }

        throw new InvalidOperationException($"The relay ended: {await run._errors}");
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
