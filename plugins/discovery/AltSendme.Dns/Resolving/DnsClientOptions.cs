using System.Net;

namespace AltSendme.Dns;

/// <summary>How a <see cref="DnsClient"/> asks.</summary>
public sealed record DnsClientOptions
{
    /// <summary>Servers that are asked at most, in their order.</summary>
    public const int MaxServers = 8;

    /// <summary>The servers to ask; <see langword="null"/> for the system's as they are when a question is asked.</summary>
    public IReadOnlyList<IPEndPoint>? Servers { get; init; }

    /// <summary>How long one server may take for one answer: by default 2 seconds.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a lookup may take altogether: by default 5 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often each server is asked, when none before it answered.</summary>
    public int Rounds { get; init; } = 2;
}
