using System.Globalization;

namespace AltSendme.DirectConnections.Tests;

/// <summary>Seeds of random tests: a new one each run, or the one in <c>ALTSENDME_SEED</c> to repeat a failure.</summary>
internal static class Seeds
{
    public static int Next() => int.TryParse(Environment.GetEnvironmentVariable("ALTSENDME_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
        ? seed
        : Random.Shared.Next();
}
