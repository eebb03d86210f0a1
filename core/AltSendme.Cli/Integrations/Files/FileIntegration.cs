namespace AltSendme.Cli.Integrations.Files;

/// <summary>An integration that consists of files of its own in folders where a file manager looks for them.</summary>
internal abstract class FileIntegration : IShellIntegration
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public virtual bool IsForThisSystem => !OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS();

    /// <summary>Whether the file manager is on this machine.</summary>
    protected abstract bool IsPresent { get; }

    /// <summary>What the file manager needs for this and does not have, as a sentence; <see langword="null"/> when nothing is missing.</summary>
    protected virtual string? Missing => null;

    /// <summary>What makes a running file manager see a change, as a sentence.</summary>
    protected virtual string? Afterwards => null;

    /// <inheritdoc/>
    public ValueTask<IntegrationStatus> StatusAsync(IntegrationTarget target, CancellationToken cancellationToken) => ValueTask.FromResult(Guarded(target, () => Status(target, changed: false)));

    /// <inheritdoc/>
    public ValueTask<IntegrationStatus> InstallAsync(IntegrationTarget target, CancellationToken cancellationToken) => ValueTask.FromResult(Guarded(target, () => Install(target)));

    /// <inheritdoc/>
    public ValueTask<IntegrationStatus> RemoveAsync(IntegrationTarget target, CancellationToken cancellationToken) => ValueTask.FromResult(Guarded(target, () => Remove(target)));

    /// <summary>What belongs to it.</summary>
    protected internal abstract IReadOnlyList<OwnedFile> Files(IntegrationTarget target);

    // A package brings what is shared by itself.
    private IReadOnlyList<OwnedFile> FilesOf(IntegrationTarget target) => target.IsForPackage ? [.. Files(target).Where(static file => !file.IsShared)] : Files(target);

    private IntegrationStatus Status(IntegrationTarget target, bool changed)
    {
        var files = FilesOf(target).Where(static file => file.IsWanted || file.Look() != IntegrationState.NotInstalled).ToArray();
        var states = files.Select(static file => file.Look()).ToArray();
        var state = states.Contains(IntegrationState.Blocked) ? IntegrationState.Blocked
            : states.All(static state => state == IntegrationState.Installed) ? IntegrationState.Installed
            : files.Zip(states).All(static pair => pair.First.IsShared || pair.Second == IntegrationState.NotInstalled) ? IntegrationState.NotInstalled
            : IntegrationState.Outdated;
        return new IntegrationStatus(Name, Title, state)
        {
            IsPresent = IsPresent,
            Places = [.. files.Zip(states).Where(static pair => pair.Second is IntegrationState.Installed or IntegrationState.Outdated).Select(static pair => pair.First.Path)],
            Note = target.IsForPackage ? null : Note(state, files, states, changed, Everybodys(target, files)),
        };
    }

    private string? Note(IntegrationState state, OwnedFile[] files, IntegrationState[] states, bool changed, string? everybodys)
    {
        if (state == IntegrationState.Blocked)
            return Blocking(files[Array.IndexOf(states, IntegrationState.Blocked)]);
        if (state == IntegrationState.NotInstalled && everybodys is not null)
            return $"It is installed for everybody on this machine ({everybodys}), which is enough.";
        if (!IsPresent)
            return null;
        var missing = state == IntegrationState.NotInstalled ? null : Missing;
        return string.Join(' ', new[] { missing, changed ? Afterwards : null }.Where(static note => note is not null)) is { Length: > 0 } note ? note : null;
    }

    private IntegrationStatus Install(IntegrationTarget target)
    {
        var files = FilesOf(target).Where(static file => file.IsWanted).ToArray();
        var states = files.Select(static file => file.Look()).ToArray();

        // Looked at as a whole first: half an integration helps nobody.
        if (Array.IndexOf(states, IntegrationState.Blocked) is >= 0 and var blocked)
            throw new IntegrationException(IntegrationCodes.Foreign, Blocking(files[blocked]));
        if (files.Zip(states).All(static pair => pair.First.IsShared || pair.Second == IntegrationState.NotInstalled) && Everybodys(target, files) is not null)
            return Status(target, changed: false);
        var pending = files.Zip(states).Where(static pair => pair.Second != IntegrationState.Installed).Select(static pair => pair.First).ToArray();
        if (pending.Length == 0)
            return Status(target, changed: false);

        var record = pending.Aggregate(InstallRecord.Read(target.DataFolder), static (record, file) => record.Making(Path.GetDirectoryName(file.Path)!));
        if (!target.IsForPackage)
            record.Write(target.DataFolder);
        foreach (var file in pending)
            file.Write();
        return Status(target, changed: true);
    }

    private IntegrationStatus Remove(IntegrationTarget target)
    {
        var others = IntegrationCatalog.All.OfType<FileIntegration>().Where(other => other.Name != Name && other.IsForThisSystem && other.HasFiles(target)).ToArray();
        var kept = others.SelectMany(other => other.FilesOf(target)).Select(static file => file.Path).ToHashSet(StringComparer.Ordinal);
        var removed = FilesOf(target).Where(file => !kept.Contains(file.Path) && file.Look() is IntegrationState.Installed or IntegrationState.Outdated).ToArray();
        foreach (var file in removed)
            File.Delete(file.Path);
        if (removed.Length > 0)
            InstallRecord.Read(target.DataFolder).Prune(target.DataFolder, isLast: others.Length == 0);
        return Status(target, changed: removed.Length > 0);
    }

    /// <summary>The first of the files that is there for everybody, where this would be for one user.</summary>
    private static string? Everybodys(IntegrationTarget target, OwnedFile[] files) =>
        target.EverybodysFolders.SelectMany(folder => files.Where(static file => !file.IsShared).Select(file => Path.Combine(folder, Path.GetRelativePath(target.DataFolder, file.Path)))).FirstOrDefault(File.Exists);

    private bool HasFiles(IntegrationTarget target) => FilesOf(target).Any(static file => !file.IsShared && file.Look() is IntegrationState.Installed or IntegrationState.Outdated);

    private static string Blocking(OwnedFile file) => $"{file.Path} is there and was not written by AltSendme, so it is left as it is. Move it away, then install again.";

    private static IntegrationStatus Guarded(IntegrationTarget target, Func<IntegrationStatus> body)
    {
        try
        {
            return body();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IntegrationException(IntegrationCodes.Unwritable, target.Scope == IntegrationScope.System ? $"{exception.Message} --system needs an administrator's rights: run the same command with sudo." : exception.Message, exception);
        }
        catch (IOException exception)
        {
            throw new IntegrationException(IntegrationCodes.Unwritable, $"{target.DataFolder} can't be used: {exception.Message}", exception);
        }
    }
}
