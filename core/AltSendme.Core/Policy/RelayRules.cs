namespace AltSendme.Core.Policy;

/// <summary>What policy says about relays.</summary>
internal sealed record RelayRules
{
    /// <summary>For shares.</summary>
    public RelayRule Sending { get; init; }

    /// <summary>For receiving.</summary>
    public RelayRule Receiving { get; init; }

    /// <summary>Patterns of allow lists, one list a source; a relay must match one in each.</summary>
    public IReadOnlyList<IReadOnlyList<RelayPattern>> Allowed { get; init; } = [];

    /// <summary>The relays of <see cref="RelayRule.Forced"/>, each with where its token is.</summary>
    public IReadOnlyList<(Uri Url, string Token)> Forced { get; init; } = [];

    /// <summary>Whether relays without a token are left out.</summary>
    public bool RequireAuthentication { get; init; }

    public RelayRule For(RelayUse use) => use == RelayUse.Sending ? Sending : Receiving;
}
