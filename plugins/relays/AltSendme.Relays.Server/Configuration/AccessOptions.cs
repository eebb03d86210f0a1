namespace AltSendme.Relays.Server.Configuration;

/// <summary>Section <c>Access</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>Which of the rules holds.</summary>
    public AccessMode Mode { get; set; } = AccessMode.Everyone;

    /// <summary>Endpoint ids, 64 hexadecimal digits each: those that may (allow list) or may not (deny list).</summary>
    public IList<string> Endpoints { get; } = [];

    /// <summary>Tokens, any of which opens the relay.</summary>
    public IList<string> Tokens { get; } = [];

    /// <summary>A file with a token a line, read when the server starts; for secrets that should not stand in settings.</summary>
    public string? TokenFile { get; set; }

    /// <summary>Who is asked: gets a POST with the header <c>X-Iroh-NodeId</c>, and lets an endpoint in by answering 200 and <c>true</c>.</summary>
    public string? CallOutUrl { get; set; }

    /// <summary>Token that the service gets, so that it knows who asks.</summary>
    public string? CallOutToken { get; set; }

    /// <summary>How long the service may take; after that the answer is no.</summary>
    public TimeSpan CallOutTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer holds without asking again. A service that fails is asked again sooner.</summary>
    public TimeSpan CallOutCache { get; set; } = TimeSpan.FromMinutes(1);
}
