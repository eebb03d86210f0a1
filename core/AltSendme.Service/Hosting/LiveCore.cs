using AltSendme.Core;
using AltSendme.Core.Settings;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Events;

namespace AltSendme.Service.Hosting;

/// <summary>
/// The core with the settings as they are now: changed files, and a changed policy, are noticed when something new begins. Settings that can't be used are reported, and the last good ones stay. Sessions keep those that
/// they began with. Owns the core.
/// </summary>
internal sealed class LiveCore : IAsyncDisposable
{
    private readonly CoreServices _first;
    private readonly SettingsFiles _files;
    private readonly EventRing _events;

    // Guards the three below: any request may find that the files have changed.
    private readonly Lock _gate = new();
    private CoreServices _current;
    private (DateTime Machine, DateTime User, object Policy) _stamp;
    private string? _fault;

    public LiveCore(CoreServices core, SettingsFiles files, EventRing events)
    {
        (_first, _current, _files, _events) = (core, core, files, events);
        _stamp = Stamp();
        core.FollowPluginFolders();
    }

    /// <summary>What new sessions use.</summary>
    public CoreServices Current
    {
        get
        {
            Refresh();
            lock (_gate)
                return _current;
        }
    }

    /// <summary>Why changed settings are not in force.</summary>
    public string? Fault
    {
        get
        {
            Refresh();
            lock (_gate)
                return _fault;
        }
    }

    public ValueTask DisposeAsync() => _first.DisposeAsync();

    private void Refresh()
    {
        lock (_gate)
        {
            var stamp = Stamp();
            if (stamp == _stamp)
                return;
            _stamp = stamp;
            try
            {
                _current = _first.WithSettings(_files);
                _fault = null;
            }
            catch (SettingsException exception)
            {
                _fault = exception.Message;
            }
        }

        _events.Publish(new ServiceEvent(ServiceEventType.Settings, null));
    }

    private (DateTime Machine, DateTime User, object Policy) Stamp() => (File.GetLastWriteTimeUtc(_files.Machine), File.GetLastWriteTimeUtc(_files.User), _first.Policy.Policy);
}
