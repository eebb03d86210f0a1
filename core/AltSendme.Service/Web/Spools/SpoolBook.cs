using System.Collections.Concurrent;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Hosting;
using AltSendme.Service.Storage;

namespace AltSendme.Service.Web.Spools;

/// <summary>All uploads of the windows. Those that become a share go with it; the others are removed when nobody adds to them, and with the origin.</summary>
internal sealed class SpoolBook : IDisposable
{
    /// <summary>Uploads at once.</summary>
    public const int MaxSpools = 8;

    /// <summary>How long nobody may add to one.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Spool> _spools = new(StringComparer.Ordinal);
    private readonly string _root;
    private readonly TimeProvider _clock;

    public SpoolBook(ServiceOptions options, TimeProvider clock) => (_root, _clock) = (FolderOf(options.Place), clock);

    /// <summary>Removes what a service that was killed left behind. To be called when there is no other one and nothing is uploaded.</summary>
    public static void RemoveAbandoned(ServicePlace place) => Spool.Remove(FolderOf(place));

    /// <summary>Begins an upload.</summary>
    /// <exception cref="ServiceException">There are too many.</exception>
    public Spool Make()
    {
        Sweep();
        if (_spools.Count >= MaxSpools)
            throw new ServiceException(ServiceCodes.Busy, $"{MaxSpools} uploads are under way already. Finish or cancel one.");
        ServicePlace.MakePrivate(_root);
        var id = RecordId.New();
        var spool = new Spool(id, Path.Combine(_root, id), _clock);
        _spools[id] = spool;
        return spool;
    }

    /// <exception cref="ServiceException">There is none with this id.</exception>
    public Spool Find(string id) => _spools.TryGetValue(id, out var spool) ? spool : throw new ServiceException(ServiceCodes.NotFound, "There is no such upload any more. Begin again.");

    /// <summary>Cancels one, with all that is there of it.</summary>
    public void Discard(string id)
    {
        if (_spools.TryRemove(id, out var spool))
            spool.Dispose();
    }

    /// <summary>Removes what nobody has added to for long.</summary>
    public void Sweep()
    {
        foreach (var spool in _spools.Values.Where(static spool => spool.UnusedFor > Lifetime))
            Discard(spool.Id);
    }

    public void Dispose()
    {
        foreach (var id in _spools.Keys)
            Discard(id);
    }

    private static string FolderOf(ServicePlace place) => Path.Combine(place.Folder, "spools");
}
