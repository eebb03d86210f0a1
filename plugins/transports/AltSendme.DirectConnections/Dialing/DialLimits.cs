namespace AltSendme.DirectConnections.Dialing;

/// <summary>Every time limit and count of a dial in one place.</summary>
public static class DialLimits
{
    /// <summary>How long connecting, the handshake and the peer's consent together may take, on either side.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);

    /// <summary>Delay between two attempts of a dial (RFC 8305, section 5).</summary>
    internal static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Different addresses that one dial tries.</summary>
    internal const int MaxDialledAddresses = 64;

    /// <summary>How long the end of a dial waits for a source of candidates that was cancelled.</summary>
    internal static readonly TimeSpan SourceEndTime = TimeSpan.FromMilliseconds(250);
}
