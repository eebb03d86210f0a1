using AltSendme.Abstractions;
using AltSendme.Core.Relays;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Policy;

/// <summary>The relays that are in use once policy has had its say.</summary>
internal static class PolicyRelays
{
    /// <summary>
    /// Forced relays take the place of the user's. Otherwise the user's stay, as far as they are allowed: of the default ones those that are not allowed are left out, but one that the user named is an error.
    /// </summary>
    /// <exception cref="PolicyException">A relay that the user named is not allowed, a forced one's token can't be read, or the policy can't be used.</exception>
    public static RelaySettings Apply(RelaySettings settings, PolicyDecisionPoint policy, RelayUse use)
    {
        policy.JudgeTransfers().ThrowIfDenied();
        var rules = policy.Policy.Relays;
        switch (rules.For(use))
        {
            case RelayRule.Disabled:
                return new RelaySettings { Mode = RelayMode.Disabled };
            case RelayRule.Forced:
                return Custom(rules.Forced.Select(static forced => new RelayEntry { Url = forced.Url.AbsoluteUri, Token = TokenReference.Read(forced.Token, forced.Url) }));
        }

        if (settings.Mode == RelayMode.Custom)
        {
            foreach (var relay in settings.Custom)
                policy.JudgeRelay(new Uri(relay.Url), use, relay.Token is not null).ThrowIfDenied();
        }

        if (settings.Mode != RelayMode.Default || DefaultRelays.Urls.All(IsAllowed))
            return settings;
        return Custom(DefaultRelays.Urls.Where(IsAllowed).Select(static url => new RelayEntry { Url = url.AbsoluteUri }));

        bool IsAllowed(Uri url) => policy.JudgeRelay(url, use, hasToken: false).IsAllowed;
    }

    private static RelaySettings Custom(IEnumerable<RelayEntry> relays)
    {
        var settings = new RelaySettings();
        foreach (var relay in relays)
            settings.Custom.Add(relay);
        settings.Mode = settings.Custom.Count > 0 ? RelayMode.Custom : RelayMode.Disabled;
        return settings;
    }
}
