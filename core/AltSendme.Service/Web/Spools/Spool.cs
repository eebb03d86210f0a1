using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Web.Folders;

namespace AltSendme.Service.Web.Spools;

/// <summary>One upload: files that a browser sends piece by piece, on disk in a folder that only this user can enter. Files may come in any order and beside each other, each in order.</summary>
internal sealed class Spool : IDisposable
{
    /// <summary>Files at most.</summary>
    public const int MaxFiles = 10_000;

    /// <summary>Longest name with its folders, in UTF-16 units.</summary>
    public const int MaxNameLength = 4096;

    /// <summary>What must stay free on the drive.</summary>
    public const long Reserve = 64 << 20;

    private const int BufferSize = 256 << 10;
    private const int CheckEvery = 32 << 20;

    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly NameRules _rules;

    // Guards what follows: several files may come at once.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SpoolFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private long _lastUsed;
    private int _writing;
    private bool _isOver;

    public Spool(string id, string folder, TimeProvider clock)
    {
        (Id, _folder, _clock, _lastUsed) = (id, folder, clock, clock.GetTimestamp());
        ServicePlace.MakePrivate(folder);
        ServicePlace.MakePrivate(Content);
        _rules = NameRules.Of(Content);
    }

    public string Id { get; }

    /// <summary>The folder that holds what will be shared.</summary>
    public string Content => Path.Combine(_folder, "files");

    /// <summary>How long nobody has added to it.</summary>
    public TimeSpan UnusedFor
    {
        get
        {
            lock (_gate)
                return _writing > 0 ? TimeSpan.Zero : _clock.GetElapsedTime(_lastUsed);
        }
    }

    /// <summary>As it stands.</summary>
    public SpoolView View
    {
        get
        {
            lock (_gate)
            {
                var files = _files.Values.Select(static file => file.View).ToArray();
                return new SpoolView(Id, files.Sum(static file => file.Bytes), Room(), files);
            }
        }
    }

    /// <summary>Adds to a file from <paramref name="offset"/> on. What came before the connection was lost stays.</summary>
    /// <exception cref="AltSendmeException">The name or the place can't be used, or there is no room.</exception>
    public async Task<SpoolFileView> AppendAsync(string name, long offset, long? length, Stream content, CancellationToken cancellationToken)
    {
        var file = Begin(name, offset, length);
        try
        {
            var path = Path.Combine(Content, file.View.Path.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var output = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            output.Seek(0, SeekOrigin.End);
            await CopyAsync(content, output, file, cancellationToken);
            return file.View;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && !cancellationToken.IsCancellationRequested && exception is not Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            throw new StorageException(ErrorCodes.StoreFailed, $"The upload can't be kept: {exception.Message}", exception);
        }
        finally
        {
            lock (_gate)
            {
                file.IsOpen = false;
                _writing--;
                _lastUsed = _clock.GetTimestamp();
            }
        }
    }

    /// <summary>Gives the content away: nothing can be added from here on.</summary>
    /// <returns>The folder that holds it.</returns>
    /// <exception cref="ServiceException">Something is still coming, or nothing is there.</exception>
    public string Close()
    {
        lock (_gate)
        {
            if (_writing > 0)
                throw new ServiceException(ServiceCodes.Conflict, "Files are still coming.");
            if (_files.Count == 0)
                throw new ServiceException(ServiceCodes.BadRequest, "There is no file in the upload.");
            _isOver = true;
            return Content;
        }
    }

    /// <summary>Removes what is there of it; what is still coming fails.</summary>
    public void Dispose()
    {
        lock (_gate)
            _isOver = true;
        Remove(_folder);
    }

    internal static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Still held; the next start of the origin removes it.
        }
    }

    private SpoolFile Begin(string name, long offset, long? length)
    {
        if (name.Length is 0 or > MaxNameLength)
            throw new ServiceException(ServiceCodes.BadRequest, $"A file of an upload has a name, of {MaxNameLength} characters at most.");
        if (length is { } bytes)
            CheckRoom(bytes);
        lock (_gate)
        {
            if (_isOver)
                throw new ServiceException(ServiceCodes.NotFound, "The upload was cancelled, or is shared already.");
            if (!_files.TryGetValue(name, out var file))
            {
                if (_files.Count >= MaxFiles)
                    throw new ServiceException(ServiceCodes.BadRequest, $"An upload has {MaxFiles} files at most. Put them into an archive, or share their folder by its path.");
                _files[name] = file = new SpoolFile(new SpoolFileView(name, Free(name), 0));
            }

            if (file.IsOpen)
                throw new ServiceException(ServiceCodes.Conflict, "This file is coming already.");
            if (file.View.Bytes != offset)
                throw new ServiceException(ServiceCodes.Conflict, $"Of this file {file.View.Bytes} bytes are there; go on from there.");
            file.IsOpen = true;
            _writing++;
            return file;
        }
    }

    // Two names may become one when they are made safe.
    private string Free(string name)
    {
        var parts = NameSanitizer.Split(name.Replace('\\', '/'), _rules);
        var (folder, last) = (string.Join('/', parts.SkipLast(1)), parts[^1]);
        for (var number = 1; ; number++)
        {
            var path = string.Join('/', new[] { folder, number == 1 ? last : NameSanitizer.Shorten(last, $" ({number})") }.Where(static part => part.Length > 0));
            if (_paths.Add(path))
                return path;
        }
    }

    private async Task CopyAsync(Stream content, FileStream output, SpoolFile file, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var sinceCheck = 0L;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if ((sinceCheck += read) > CheckEvery)
            {
                CheckRoom(0);
                sinceCheck = 0;
            }

            await output.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            lock (_gate)
            {
                file.View = file.View with { Bytes = file.View.Bytes + read };
                if (_isOver)
                    throw new ServiceException(ServiceCodes.NotFound, "The upload was cancelled.");
            }
        }
    }

    private long? Room() => FreeSpace.At(_folder) is { } free ? Math.Max(0, free - Reserve) : null;

    private void CheckRoom(long bytes)
    {
        if (Room() is { } room && room <= bytes)
            throw new StorageException(ErrorCodes.DiskFull, $"The drive that holds uploads has room for {ByteText.Of(room)} more. Free some space, or share the files by their paths, which copies nothing.");
    }

    private sealed class SpoolFile(SpoolFileView view)
    {
        public SpoolFileView View { get; set; } = view;

        public bool IsOpen { get; set; }
    }
}
