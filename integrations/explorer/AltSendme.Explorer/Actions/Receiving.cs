using System.ComponentModel;
using System.Diagnostics;

namespace AltSendme.Explorer.Actions;

/// <summary>Opens the receive dialog, which the command does; here it has no console to flash.</summary>
/// <param name="command">The command's program.</param>
/// <param name="labels">The words.</param>
/// <param name="show">Shows a failure: a title and a sentence.</param>
internal sealed class Receiving(string command, Labels labels, Action<string, string> show)
{
    /// <summary>Opens it.</summary>
    /// <param name="what">A ticket, a ticket file or an address, to begin with; none for an empty dialog.</param>
    /// <returns>Whether it was opened.</returns>
    public async Task<bool> ReceiveAsync(IReadOnlyList<string> what)
    {
        var said = await RunAsync(["receive", "--dialog", .. what]);
        if (said is not null)
            show(labels["receiveFailed"], said);
        return said is null;
    }

    // What the command said when it failed.
    private async Task<string?> RunAsync(IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, CreateNoWindow = true, RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (Win32Exception exception)
        {
            return $"{command}: {exception.Message}";
        }
    }
}
