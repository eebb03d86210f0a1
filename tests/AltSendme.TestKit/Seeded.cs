using System.Globalization;

namespace AltSendme.TestKit;

/// <summary>A bounded run over random cases. A failure names its seed; setting <c>ALTSENDME_SEED</c> runs that case alone.</summary>
public static class Seeded
{
    private const int FirstSeed = 20_260_101;

    /// <summary>Runs <paramref name="test"/> with so many different sources of chance.</summary>
    public static void Run(int cases, Action<Random> test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (int.TryParse(Environment.GetEnvironmentVariable("ALTSENDME_SEED"), CultureInfo.InvariantCulture, out var only))
        {
            test(new Random(only));
            return;
        }

        for (var seed = FirstSeed; seed < FirstSeed + cases; seed++)
        {
            try
            {
                test(new Random(seed));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"ALTSENDME_SEED={seed}: {fault.Message}", fault);
            }
        }
    }

    /// <summary>So many random bytes.</summary>
    public static byte[] Bytes(this Random random, int length)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
