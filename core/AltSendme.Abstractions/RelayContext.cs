namespace AltSendme.Abstractions;

/// <summary>What a relay client gets for one tunnel.</summary>
/// <param name="Identity">Who this side is; relays authenticate it by a signature.</param>
/// <param name="Url">The relay.</param>
public sealed record RelayContext(IEndpointIdentity Identity, Uri Url)
{
    /// <summary>A token for the relay, where the settings hold one. A secret: never logged.</summary>
    public string? AccessToken { get; init; }
}
