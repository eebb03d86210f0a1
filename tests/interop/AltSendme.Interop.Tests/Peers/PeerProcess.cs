using System.Diagnostics;
using System.Text.Json;

namespace AltSendme.Interop.Tests.Peers;

/// <summary>A Node.js script beside real iroh nodes, in a namespace of its own. Bounded in time; disposing it ends the script and all that it started.</summary>
public sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly CancellationTokenSource _deadline = new(Limit);

    private PeerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a script, named from the repository's root on.</summary>
    public static PeerProcess Start(string script) => Start(script, PeerEnvironment.Isolated);

    /// <summary>Starts a script by a command that leads into a namespace which others share.</summary>
    public static PeerProcess Start(string script, params string[] launcher)
    {
        var start = new ProcessStartInfo(launcher[0], [.. launcher[1..], "node", "--no-deprecation", SourceTree.PathOf(script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PEERS"] = PeerEnvironment.Folder;
        return new PeerProcess(Process.Start(start)!);
    }

    /// <summary>Everything that a script without a conversation prints.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(_deadline.Token);
        await _process.WaitForExitAsync(_deadline.Token);
        return _process.ExitCode == 0 ? output : throw await FaultAsync();
    }

    /// <summary>Sends one request and waits for its answer. The object has a property <c>ok</c>, and <c>reason</c> where it is false.</summary>
    public async Task<JsonElement> AskAsync(object request)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), _deadline.Token);
        await _process.StandardInput.FlushAsync(_deadline.Token);
        return await _process.StandardOutput.ReadLineAsync(_deadline.Token) is { } line
            ? JsonSerializer.Deserialize<JsonElement>(line)
            : throw await FaultAsync();
    }

    /// <summary>Ends the script at once, as a crash would. What was asked of it fails.</summary>
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
        _deadline.Dispose();
    }

    private async Task<InvalidOperationException> FaultAsync() => new($"The peer ended: {(await _errors.WaitAsync(_deadline.Token)).Trim()}");
}
