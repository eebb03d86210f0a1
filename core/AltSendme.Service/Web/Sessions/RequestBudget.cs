using AltSendme.Service.Client;

namespace AltSendme.Service.Web.Sessions;

/// <summary>How many requests are answered: a burst at once, then so many a second.</summary>
/// <param name="burst">Requests at once.</param>
/// <param name="perSecond">Requests a second that are added again.</param>
/// <param name="clock">The clock.</param>
internal sealed class RequestBudget(int burst, double perSecond, TimeProvider clock)
{
    // Guards the two below.
    private readonly Lock _gate = new();
    private double _left = burst;
    private long _last = clock.GetTimestamp();

    /// <summary>Takes one request.</summary>
    /// <exception cref="ServiceException"><c>service.busy</c>: too many came.</exception>
    public void TakeOrThrow()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _left = Math.Min(burst, _left + (clock.GetElapsedTime(_last, now).TotalSeconds * perSecond));
            _last = now;
            if (_left < 1)
                throw new ServiceException(ServiceCodes.Busy, "Too many requests at once. Try again in a moment.");
            _left--;
        }
    }
}
