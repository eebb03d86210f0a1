namespace AltSendme.Service.Analytics;

/// <summary>All that a count says of a transfer: one of six sizes.</summary>
internal static class SizeClass
{
    private const long Megabyte = 1_000_000;

    public static string Of(long bytes) => bytes switch
    {
        < Megabyte => "0-1MB",
        < 10 * Megabyte => "1-10MB",
        < 100 * Megabyte => "10-100MB",
        < 1000 * Megabyte => "100MB-1GB",
        < 10_000 * Megabyte => "1-10GB",
        _ => "10GB-",
    };
}
