using AltSendme.Service.Receives;
using AltSendme.Service.Shares;
using Microsoft.Extensions.Hosting;

namespace AltSendme.Service.Hosting;

/// <summary>Ends the service when it has had nothing to do for a while: no share, no receive that runs or waits, nobody connected. It is started again when somebody wants something.</summary>
internal sealed class IdleExit(LiveCore core, ShareBook shares, ReceiveBook receives, IHostApplicationLifetime lifetime, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);

    private int _requests;
    private long _lastBusy = clock.GetTimestamp();
    private ITimer? _timer;

    /// <summary>How long the service stays; <see langword="null"/> for ever.</summary>
    public TimeSpan? Limit => core.Current.Settings.Service.IdleExit is { Ticks: > 0 } limit ? limit : null;

    public void Start()
    {
        var half = (Limit ?? LongestPeriod) / 2;
        var period = half < ShortestPeriod ? ShortestPeriod : half > LongestPeriod ? LongestPeriod : half;
        _timer = clock.CreateTimer(static state => ((IdleExit)state!).Check(), this, period, period);
    }

    /// <summary>A request begins.</summary>
    public void Enter() => Interlocked.Increment(ref _requests);

    /// <summary>It has ended.</summary>
    public void Leave()
    {
        Interlocked.Exchange(ref _lastBusy, clock.GetTimestamp());
        Interlocked.Decrement(ref _requests);
    }

    public void Dispose() => _timer?.Dispose();

    private void Check()
    {
        if (Volatile.Read(ref _requests) > 0 || shares.Active > 0 || receives.Active > 0)
            Interlocked.Exchange(ref _lastBusy, clock.GetTimestamp());
        else if (Limit is { } limit && clock.GetElapsedTime(Interlocked.Read(ref _lastBusy)) >= limit)
            lifetime.StopApplication();
    }
}
