namespace AltSendme.Core.Relays;

/// <summary>The relays that iroh's programs use unless told otherwise, run by number 0 for everybody (n0-computer/iroh, iroh/src/defaults.rs). The dot at the end of each host is part of the name.</summary>
public static class DefaultRelays
{
    /// <summary>Their URLs.</summary>
    public static readonly IReadOnlyList<Uri> Urls =
    [
        new("https://use1-1.relay.n0.iroh.link./"),
        new("https://usw1-1.relay.n0.iroh.link./"),
        new("https://euc1-1.relay.n0.iroh.link./"),
        new("https://aps1-1.relay.n0.iroh.link./"),
    ];
}
