using System.ComponentModel;
using System.Diagnostics;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Client.Desktop;
using AltSendme.Service.DBus;

namespace AltSendme.Service.Web.Folders;

/// <summary>What a person shall choose in the desktop's own dialog.</summary>
internal sealed record PickOrder
{
    /// <summary><c>files</c> or <c>folder</c>.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";
}

/// <summary>What was chosen.</summary>
/// <param name="Paths">Absolute paths; empty when the dialog was closed.</param>
internal sealed record PickView(IReadOnlyList<string> Paths);

/// <summary>The desktop's own dialog for files, where a program for it is installed: it gives paths, which a browser never does, so that nothing need be copied. One at a time.</summary>
/// <param name="desktop">Where the desktop's screen is.</param>
/// <param name="clock">The clock.</param>
internal sealed class NativeDialog(DesktopSession desktop, TimeProvider clock) : IDisposable
{
    private const int MaxOutput = 1 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static readonly string[] Screens = ["WAYLAND_DISPLAY", "DISPLAY"];

    private readonly SemaphoreSlim _place = new(1);

    /// <summary>Whether there is one.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancellationToken) => Command("files", await desktop.VariablesAsync(cancellationToken)) is not null;

    /// <summary>Shows it, and waits for the person.</summary>
    /// <exception cref="AltSendmeException">There is none, or one is open already.</exception>
    public async Task<PickView> PickAsync(PickOrder order, CancellationToken cancellationToken)
    {
        if (order.Kind is not ("files" or "folder"))
            throw new ServiceException(ServiceCodes.BadRequest, "The kind is files or folder.");
        var variables = await desktop.VariablesAsync(cancellationToken);
        if (Command(order.Kind, variables) is not { } command)
            throw new ServiceException(ServiceCodes.Conflict, "There is no dialog of the desktop: install zenity or kdialog, or choose in the window.");
        if (!await _place.WaitAsync(TimeSpan.Zero, cancellationToken))
            throw new ServiceException(ServiceCodes.Busy, "A dialog is open already.");
        try
        {
            // Cancelled by the window's end, or when the person never chooses.
            using var limit = new CancellationTokenSource(Limit, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return new PickView(await RunAsync(command, variables, either.Token));
        }
        finally
        {
            _place.Release();
        }
    }

    public void Dispose() => _place.Dispose();

    /// <summary>Lines of output as paths.</summary>
    internal static IReadOnlyList<string> Paths(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathFullyQualified).Take(ShareOrder.MaxPaths)];

    private static string[]? Command(string kind, IReadOnlyDictionary<string, string> variables)
    {
        var isFolder = kind == "folder";
        if (OperatingSystem.IsMacOS())
        {
            var script = isFolder ? "POSIX path of (choose folder)" : "set chosen to \"\"\nrepeat with one in (choose file with multiple selections allowed)\nset chosen to chosen & POSIX path of one & linefeed\nend repeat\nreturn chosen";
            return ["osascript", "-e", script];
        }

        if (!OperatingSystem.IsLinux() || !Screens.Any(name => variables.ContainsKey(name) || Environment.GetEnvironmentVariable(name) is { Length: > 0 }))
            return null;
        if (DesktopProgram.Find("zenity") is { } zenity)
            return [zenity, "--file-selection", "--title=AltSendme", .. isFolder ? ["--directory"] : new[] { "--multiple", "--separator=\n" }];
        return DesktopProgram.Find("kdialog") is { } kdialog ? [kdialog, "--title", "AltSendme", .. isFolder ? ["--getexistingdirectory", "."] : new[] { "--getopenfilename", ".", "--multiple", "--separate-output" }] : null;
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string[] command, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)
                ?? throw new StorageException(ErrorCodes.StoreFailed, $"{command[0]} can't be started.");
            try
            {
                var noise = process.StandardError.ReadToEndAsync(cancellationToken);
                var buffer = new char[MaxOutput];
                var length = await process.StandardOutput.ReadBlockAsync(buffer, cancellationToken);
                await process.WaitForExitAsync(cancellationToken);
                await noise;
                return process.ExitCode == 0 ? Paths(new string(buffer, 0, length)) : [];
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception exception)
        {
            throw new StorageException(ErrorCodes.StoreFailed, $"{command[0]} can't be started: {exception.Message}", exception);
        }
    }
}
