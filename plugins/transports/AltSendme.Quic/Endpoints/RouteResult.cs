namespace AltSendme.Quic.Endpoints;

/// <summary>What became of a datagram.</summary>
internal enum RouteKind : byte
{
    /// <summary>It is for nobody.</summary>
    Dropped,

    /// <summary>It is for <see cref="RouteResult.Connection"/>, which must be given it.</summary>
    Connection,

    /// <summary>A client wants to connect: <see cref="RouteResult.Incoming"/>. After accepting, give the datagram to the new connection.</summary>
    Incoming,

    /// <summary>An answer of <see cref="RouteResult.ResponseLength"/> bytes stands in the response buffer and goes back where the datagram came from.</summary>
    Response,
}

/// <summary>Outcome of routing.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Connection">For <see cref="RouteKind.Connection"/>.</param>
/// <param name="Incoming">For <see cref="RouteKind.Incoming"/>.</param>
/// <param name="ResponseLength">For <see cref="RouteKind.Response"/>.</param>
internal readonly record struct RouteResult(RouteKind Kind, Connection? Connection = null, IncomingConnection? Incoming = null, int ResponseLength = 0)
{
    /// <summary>The datagram is for nobody.</summary>
    public static RouteResult Dropped => default;

    /// <summary>The buffer holds an answer, or nothing when its length is 0.</summary>
    public static RouteResult Answer(int length) => length > 0 ? new RouteResult(RouteKind.Response, ResponseLength: length) : default;
}
