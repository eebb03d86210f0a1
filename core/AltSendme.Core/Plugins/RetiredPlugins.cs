namespace AltSendme.Core.Plugins;

/// <summary>
/// Plugins that were replaced or removed while sessions used them: each is kept until the last session has ended that may hold something of it. A session is counted by when it began; one that began after a plugin
/// was retired never got it. May be used from any thread.
/// </summary>
internal sealed class RetiredPlugins
{
    // Guards the three below.
    private readonly Lock _gate = new();
    private readonly List<(RunningPlugin Plugin, int Generation)> _retired = [];
    private readonly Dictionary<int, int> _leases = [];
    private int _generation;

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _retired.Count == 0;
        }
    }

    /// <summary>A session begins; it disposes the lease when it has let go of everything that plugins gave it.</summary>
    public PluginLease Lease()
    {
        lock (_gate)
        {
            _leases[_generation] = _leases.GetValueOrDefault(_generation) + 1;
            return new PluginLease(this, _generation);
        }
    }

    /// <summary>Nobody gets these any more.</summary>
    public void Retire(IEnumerable<RunningPlugin> plugins)
    {
        lock (_gate)
        {
            _retired.AddRange(plugins.Select(plugin => (plugin, _generation)));
            _generation++;
        }
    }

    /// <summary>Takes those out that no session can hold any more; the caller ends them.</summary>
    public IReadOnlyList<RunningPlugin> TakeUnused() => Take(_leases.Keys);

    /// <summary>Takes all out, used or not.</summary>
    public IReadOnlyList<RunningPlugin> TakeAll() => Take([]);

    internal void Release(int generation)
    {
        lock (_gate)
        {
            if (--_leases[generation] == 0)
                _leases.Remove(generation);
        }
    }

    private RunningPlugin[] Take(IReadOnlyCollection<int> generations)
    {
        lock (_gate)
        {
            var oldest = generations.DefaultIfEmpty(int.MaxValue).Min();
            RunningPlugin[] taken = [.. _retired.Where(entry => entry.Generation < oldest).Select(static entry => entry.Plugin)];
            _retired.RemoveAll(entry => entry.Generation < oldest);
            return taken;
        }
    }
}
