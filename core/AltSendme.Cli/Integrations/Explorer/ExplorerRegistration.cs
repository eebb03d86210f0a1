namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>Writes and removes what the registry says of the program. Keys with our name are ours; in those that others use too, only our values are; a scheme that another program has is left to it.</summary>
/// <param name="hive">The user's registry, or the machine's.</param>
/// <param name="entries">What it shall say.</param>
internal sealed class ExplorerRegistration(IRegistryHive hive, ExplorerEntries entries)
{
    private const string OpenWith = ExplorerEntries.Extension + @"\OpenWithProgids";

    /// <summary>Whether another program opens ticket addresses.</summary>
    public bool IsSchemeTaken => hive.HasKey(ExplorerEntries.Scheme) && !IsOurs(hive.Read(ExplorerEntries.SchemeCommand, ""));

    /// <summary>Keys that hold what is ours.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            foreach (var key in ExplorerEntries.OwnKeys.Where(hive.HasKey))
                yield return key;
            if (hive.Read(OpenWith, ExplorerEntries.FileType) is not null)
                yield return OpenWith;
            if (hive.HasKey(ExplorerEntries.Scheme) && !IsSchemeTaken)
                yield return ExplorerEntries.Scheme;
            if (StartsService)
                yield return ExplorerEntries.Startup;
        }
    }

    /// <summary>Whether anything of ours is there.</summary>
    public bool IsPresent => Keys.Any();

    /// <summary>Whether all is there as this installation would write it.</summary>
    public bool IsCurrent => Wanted().All(value => hive.Read(value.Key, value.Name) == value.Text) && (!StartsService || hive.Read(ExplorerEntries.Startup, ExplorerEntries.StartupName) == entries.StartupCommand);

    /// <summary>Whether the service is started at login.</summary>
    public bool StartsService => IsOurs(hive.Read(ExplorerEntries.Startup, ExplorerEntries.StartupName));

    /// <summary>Writes everything; what an older version wrote and this one does not is removed.</summary>
    /// <param name="startsService">Whether the service is started at login; <see langword="null"/> to leave it as it is.</param>
    public void Install(bool? startsService)
    {
        var wanted = Wanted();
        foreach (var key in ExplorerEntries.OwnKeys)
            hive.RemoveTree(key);
        foreach (var value in wanted)
            hive.Write(value.Key, value.Name, value.Text);
        if (startsService ?? StartsService)
            hive.Write(ExplorerEntries.Startup, ExplorerEntries.StartupName, entries.StartupCommand);
        else
            RemoveStartup();
    }

    /// <summary>Removes everything that <see cref="Install"/> ever wrote.</summary>
    public void Remove()
    {
        foreach (var key in ExplorerEntries.OwnKeys)
        {
            hive.RemoveTree(key);
            RemoveEmptyAbove(key);
        }

        if (!IsSchemeTaken)
            hive.RemoveTree(ExplorerEntries.Scheme);
        hive.RemoveValue(OpenWith, ExplorerEntries.FileType);
        if (hive.Read(ExplorerEntries.Extension, "") == ExplorerEntries.FileType)
            hive.RemoveValue(ExplorerEntries.Extension, "");
        hive.RemoveIfEmpty(OpenWith);
        hive.RemoveIfEmpty(ExplorerEntries.Extension);
        RemoveStartup();
    }

    private static bool IsOurs(string? command) => command?.Contains('\\' + ExplorerNames.Program, StringComparison.OrdinalIgnoreCase) == true;

    private List<RegistryValue> Wanted()
    {
        List<RegistryValue> wanted = [.. entries.Own, new(OpenWith, ExplorerEntries.FileType, "")];
        if (hive.Read(ExplorerEntries.Extension, "") is null or "" or ExplorerEntries.FileType)
            wanted.Add(new(ExplorerEntries.Extension, "", ExplorerEntries.FileType));
        if (!IsSchemeTaken)
            wanted.AddRange(entries.SchemeValues);
        return wanted;
    }

    private void RemoveStartup()
    {
        if (StartsService)
            hive.RemoveValue(ExplorerEntries.Startup, ExplorerEntries.StartupName);
    }

    // Keys that stood only for ours to be in: up to "Software\Classes", which every system has.
    private void RemoveEmptyAbove(string key)
    {
        for (var above = key[..key.LastIndexOf('\\')]; above.Count(static letter => letter == '\\') > 1; above = above[..above.LastIndexOf('\\')])
            hive.RemoveIfEmpty(above);
    }
}
