using System.Globalization;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Seeds of simulated runs: the same every time, or the one of <c>ALTSENDME_SEED</c>.</summary>
public static class Seeds
{
    /// <summary>Few seeds, for slow runs.</summary>
    public static TheoryData<ulong> Few => Make(3);

    /// <summary>A good number of seeds.</summary>
    public static TheoryData<ulong> Many => Make(6);

    private static TheoryData<ulong> Make(int count)
    {
        var data = new TheoryData<ulong>();
        if (ulong.TryParse(Environment.GetEnvironmentVariable("ALTSENDME_SEED"), CultureInfo.InvariantCulture, out var seed))
            data.Add(seed);
        else
            data.AddRange([.. Enumerable.Range(1, count).Select(static number => (ulong)number)]);
        return data;
    }
}
