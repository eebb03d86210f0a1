namespace AltSendme.RelayProtocol;

/// <summary>Where a relay listens for what, below its URL.</summary>
public static class RelayHttp
{
    /// <summary>The WebSocket.</summary>
    public const string RelayPath = "/relay";

    /// <summary>Answers at once, so that a client can measure how far away the relay is.</summary>
    public const string PingPath = "/ping";

    /// <summary>Answers with status 204 and <see cref="PortalResponseHeader"/>, which a captive portal does not.</summary>
    public const string PortalPath = "/generate_204";

    /// <summary>Says whether the relay works.</summary>
    public const string HealthPath = "/healthz";

    /// <summary>What a client sends to <see cref="PortalPath"/>: letters, digits, <c>.-_</c>; fewer than 64.</summary>
    public const string PortalChallengeHeader = "X-Iroh-Challenge";

    /// <summary>What the relay makes of it: <c>response </c> and the challenge.</summary>
    public const string PortalResponseHeader = "X-Iroh-Response";

    /// <summary>Query parameter for a token, for clients that can't set the Authorization header.</summary>
    public const string TokenQuery = "token";
}
