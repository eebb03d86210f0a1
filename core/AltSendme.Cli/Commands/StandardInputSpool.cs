using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;

namespace AltSendme.Cli.Commands;

/// <summary>
/// Standard input as a file: its hash is the ticket, so all of it must be here first. It is kept in a folder that only this user can read, and removed at the end.
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
        if (name.AsSpan().IndexOfAny('/', '\\') >= 0 || name is "" or "." or "..")
            throw new StorageException(ErrorCodes.SourceUnreadable, $"--name {name} is not a file name.");

        _folder = Path.Combine(stateFolder, "spool", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_folder);
        else
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var file = Path.Combine(_folder, name);
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

    public ValueTask DisposeAsync()
    {
        if (_folder is not null && Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
