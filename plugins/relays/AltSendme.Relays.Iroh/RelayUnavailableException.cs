namespace AltSendme.Relays.Iroh;

/// <summary>A relay can't be used just now; it is worth trying again.</summary>
internal sealed class RelayUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>How long the relay asks to be left alone; <see langword="null"/> when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
