using System.Diagnostics;
using System.Text.Json;

namespace AltSendme.Interop.QuicNode;

/// <summary>A real iroh 1.1 endpoint beside us in this network namespace, asked one thing after another.</summary>
internal sealed class IrohNode : IAsyncDisposable
{
    private readonly Process _process;

    private IrohNode(Process process) => _process = process;

    /// <summary>Starts the script that holds it.</summary>
    public static IrohNode Start(string script) =>
        new(Process.Start(new ProcessStartInfo("node", ["--no-deprecation", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="PeerRefusedException">The peer could not do it; the message is its reason.</exception>
    public async Task<JsonElement> AskAsync(object request, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), cancellationToken).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException("The iroh node ended.");
        var answer = JsonSerializer.Deserialize<JsonElement>(line);
        return answer.GetProperty("ok").GetBoolean() ? answer : throw new PeerRefusedException(answer.GetProperty("reason").GetString() ?? "");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }
}
