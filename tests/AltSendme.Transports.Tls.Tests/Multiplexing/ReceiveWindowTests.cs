using AltSendme.Transports.Tls.Multiplexing;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Tests.Multiplexing;

public sealed class ReceiveWindowTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_slow_reader_keeps_the_first_window()
    {
        var window = new ReceiveWindow(new WindowBudget(MuxLimits.WindowGrowthBudget), TimeSpan.Zero);

        var granted = window.OnConsumed(MuxLimits.InitialWindow / 2, now: 100 * RoundTrip, RoundTrip);

        Assert.Equal(MuxLimits.InitialWindow / 2, granted);
        Assert.Equal(MuxLimits.InitialWindow, window.Size);
    }

    [Fact]
    public void A_fast_reader_doubles_it_up_to_the_limit()
    {
        var window = new ReceiveWindow(new WindowBudget(MuxLimits.WindowGrowthBudget), TimeSpan.Zero);

        for (var i = 1; i <= 20; i++)
            window.OnConsumed(window.Size, i * RoundTrip / 2, RoundTrip);

        Assert.Equal(MuxLimits.MaxWindow, window.Size);
    }

    [Fact]
    public void Little_by_little_is_granted_in_halves_of_the_window()
    {
        var window = new ReceiveWindow(new WindowBudget(0), TimeSpan.Zero);

        Assert.Equal(0, window.OnConsumed((MuxLimits.InitialWindow / 2) - 1, RoundTrip, RoundTrip));
        Assert.Equal(MuxLimits.InitialWindow / 2, window.OnConsumed(1, RoundTrip, RoundTrip));
    }

    [Fact]
    public void All_windows_of_a_connection_share_one_budget()
    {
        var budget = new WindowBudget(3 * MuxLimits.InitialWindow);
        ReceiveWindow[] windows = [new(budget, TimeSpan.Zero), new(budget, TimeSpan.Zero)];

        foreach (var window in windows)
        {
            for (var i = 0; i < 5; i++)
                window.OnConsumed(window.Size, TimeSpan.Zero, RoundTrip);
        }

        Assert.Equal(5 * MuxLimits.InitialWindow, windows.Sum(window => window.Size));
        foreach (var window in windows)
            window.Release();
        Assert.Equal(3 * MuxLimits.InitialWindow, budget.Left);
    }
}
