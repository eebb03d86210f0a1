namespace AltSendme.TestKit;

/// <summary>Chance that can be repeated: the seed is printed, and taken from <c>ALTSENDME_SEED</c> when that is set.</summary>
public static class Seeds
{
    /// <summary>A source of chance. Its seed stands in the test's output.</summary>
    public static Random Random()
    {
        var seed = Environment.GetEnvironmentVariable("ALTSENDME_SEED") is { Length: > 0 } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
        Console.WriteLine($"ALTSENDME_SEED={seed}");
        return new Random(seed);
    }
}
