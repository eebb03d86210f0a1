using System.Globalization;

namespace AltSendme.Discovery.Pkarr.Packets;

/// <summary>
/// Timestamps for the packets of one endpoint, each above all before it: servers keep the packet with the largest, so that one from a clock that was set back would be lost. For an identity that outlives the session the
/// largest is kept in a file. Thread-safe.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="file">Where the largest is kept; <see langword="null"/> for an identity that ends with the session.</param>
internal sealed class PacketClock(TimeProvider timeProvider, string? file)
{
    private const int MaxFileLength = 32;

    private readonly Lock _gate = new();   // guards the mark
    private ulong _last = Load(file);

    /// <summary>The next timestamp.</summary>
    public ulong Next()
    {
        lock (_gate)
        {
            var now = (ulong)Math.Max(0, (timeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            _last = Math.Max(now, _last + 1);
            Save();
            return _last;
        }
    }

    /// <summary>A packet of this endpoint is known that has this timestamp.</summary>
    public void Observe(ulong timestamp)
    {
        lock (_gate)
        {
            // The very last number would leave no later one.
            if (timestamp != ulong.MaxValue)
                _last = Math.Max(_last, timestamp);
        }
    }

    private static ulong Load(string? file)
    {
        try
        {
            if (file is not null && new FileInfo(file) is { Exists: true, Length: <= MaxFileLength } && ulong.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value != ulong.MaxValue)
                return value;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without it the clock has to do, as for a new identity.
        }

        return 0;
    }

    private void Save()
    {
        if (file is null)
            return;
        try
        {
            var whole = file + ".new";
            File.WriteAllText(whole, _last.ToString(CultureInfo.InvariantCulture));
            File.Move(whole, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It matters only after a clock was set back; then the server's answer tells.
        }
    }
}
