using System.Globalization;
using System.Security.Cryptography;

namespace AltSendme.TestKit;

/// <summary>Chance that can be repeated: the seed is printed, and taken from <c>ALTSENDME_SEED</c> when that is set.</summary>
public static class Seeds
{
    /// <summary>Where <see cref="Run"/> begins to count: any number, the same each time.</summary>
    private const int FirstSeed = 20_260_101;

    /// <summary>A source of chance. Its seed stands in the test's output.</summary>
    public static Random Random()
    {
        var seed = Given() ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        Console.WriteLine($"ALTSENDME_SEED={seed}");
        return new Random(seed);
    }

    /// <summary>Runs <paramref name="test"/> with so many sources of chance, the same each time. A failure names its seed; <c>ALTSENDME_SEED</c> runs that case alone.</summary>
    public static void Run(int cases, Action<Random> test)
    {
        ArgumentNullException.ThrowIfNull(test);
        var only = Given();
        for (var seed = only ?? FirstSeed; seed < (only + 1 ?? FirstSeed + cases); seed++)
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

    private static int? Given() => Environment.GetEnvironmentVariable("ALTSENDME_SEED") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
