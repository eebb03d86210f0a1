namespace AltSendme.Relays.Server.Configuration;

/// <summary>Section <c>Limits</c>. Sizes in bytes.</summary>
internal sealed class LimitOptions
{
    /// <summary>Authenticated clients at one time.</summary>
    public int Clients { get; set; } = 10_000;

    /// <summary>Open connections at one time, authenticated or not.</summary>
    public int Connections { get; set; } = 20_000;

    /// <summary>Open connections of one source address (of IPv6 one /64 network); 0 for no limit, as behind a reverse proxy, where all come from one.</summary>
    public int ConnectionsPerAddress { get; set; } = 256;

    /// <summary>How long a client may take for TLS, for its request, and for proving who it is; each.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes a second that one client may send in the long run; 0 for no limit. Beyond it the client is read more slowly.</summary>
    public long ClientBytesPerSecond { get; set; }

    /// <summary>Bytes that a client may send at once on top of that.</summary>
    public long ClientBurst { get; set; } = 16 * 1024 * 1024;

    /// <summary>Frames that wait for one client; when there are more, the oldest are dropped.</summary>
    public int QueueFrames { get; set; } = 512;

    /// <summary>Bytes that wait for one client.</summary>
    public int QueueBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long a client may take nothing while something waits for it, or leave a frame unfinished; then it is cut off.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A silent client is asked for a sign of life after this time.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it may take to give one.</summary>
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
