using System.Globalization;

namespace AltSendme.Core.Progress;

/// <summary>Numbers of bytes for people, in powers of 1024: <c>512 B</c>, <c>1.5 MiB</c>.</summary>
public static class ByteText
{
    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>A number of bytes with at most three significant digits before the unit.</summary>
    public static string Of(long bytes)
    {
        if (bytes < 1024)
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        var value = bytes / 1024.0;
        var unit = 0;
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(value < 99.95 ? Math.Round(value, 1) : Math.Round(value))} {Units[unit]}");
    }
}
