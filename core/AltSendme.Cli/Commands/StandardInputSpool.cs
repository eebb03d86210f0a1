using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;

namespace AltSendme.Cli.Commands;

/// <summary>
/// Standard input, or a text, as a file: its hash is the ticket, so all of it must be here first. It is kept in a folder that only this user can read, and removed at the end.
/// </summary>
internal sealed class StandardInputSpool(string stateFolder) : IAsyncDisposable
{
    private const int BufferSize = 1 << 20;

    private string? _folder;

    /// <summary>The paths, with <c>-</c> replaced by a file named <paramref name="name"/> that holds all of standard input.</summary>
    public async Task<IReadOnlyList<string>> ReplaceAsync(IReadOnlyList<string> paths, string name, CancellationToken cancellationToken)
    {
        if (!paths.Contains("-"))
            return paths;
        var file = MakeFile(name);
        try
        {
            await using var input = Console.OpenStandardInput();
            await using var output = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferSize, FileOptions.Asynchronous);
            await input.CopyToAsync(output, BufferSize, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new StorageException(ErrorCodes.StoreFailed, $"Standard input could not be kept in {_folder}: {exception.Message}", exception);
        }

        return [.. paths.Select(path => path == "-" ? file : path)];
    }

    /// <summary>A text as a file; gives its path.</summary>
    public async Task<string> KeepAsync(string text, string name, CancellationToken cancellationToken)
    {
        var file = MakeFile(name);
        try
        {
            await File.WriteAllTextAsync(file, text, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new StorageException(ErrorCodes.StoreFailed, $"The text could not be kept in {_folder}: {exception.Message}", exception);
        }

        return file;
    }

    public ValueTask DisposeAsync()
    {
        if (_folder is not null && Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A folder for this run, and the path of a file in it.</summary>
    private string MakeFile(string name)
    {
        if (name.AsSpan().IndexOfAny('/', '\\') >= 0 || name is "" or "." or "..")
            throw new StorageException(ErrorCodes.SourceUnreadable, $"--name {name} is not a file name.");

        var spool = Path.Combine(stateFolder, "spool");
        RemoveAbandoned(spool);
        _folder = Path.Combine(spool, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}"));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_folder);
        else
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        return Path.Combine(_folder, name);
    }

    /// <summary>Removes what processes that were killed left behind; the folder's name begins with its process's number.</summary>
    private static void RemoveAbandoned(string spool)
    {
        if (!Directory.Exists(spool))
            return;
        foreach (var folder in Directory.EnumerateDirectories(spool))
        {
            if (!int.TryParse(Path.GetFileName(folder).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process) || IsRunning(process))
                continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Not ours to remove after all; sending goes on without.
            }
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
