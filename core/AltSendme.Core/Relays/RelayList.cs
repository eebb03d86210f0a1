using AltSendme.Abstractions;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Relays;

/// <summary>The relays that the settings name, and their tokens.</summary>
public static class RelayList
{
    /// <summary>The relays to be reachable through, in the order of the settings; empty when they are switched off.</summary>
    public static IReadOnlyList<Uri> Of(RelaySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Mode switch
        {
            RelayMode.Custom => [.. settings.Custom.Select(static relay => new Uri(relay.Url))],
            RelayMode.Disabled => [],
            _ => DefaultRelays.Urls,
        };
    }

    /// <summary>The relays that take the place of these while none of them answers; empty unless the user wants that.</summary>
    internal static IReadOnlyList<Uri> Others(RelaySettings settings) => settings is { Mode: RelayMode.Custom, WhenUnreachable: RelayFallback.Public } ? DefaultRelays.Urls : [];

    /// <summary>Whether a text can be a relay's URL: absolute, with a host. Which schemes there are is for the relay plugins to say.</summary>
    public static bool IsUrl(string text) => EndpointAddress.TryCreate(EndpointAddress.RelayScheme, text, out _);

    /// <summary>The token for a relay; <see langword="null"/> for every relay that the settings do not give one to, such as one that only a ticket names.</summary>
    internal static string? TokenFor(RelaySettings settings, Uri relay) =>
        settings.Mode == RelayMode.Custom ? settings.Custom.FirstOrDefault(entry => IsSame(new Uri(entry.Url), relay))?.Token : null;

    /// <summary>Whether two URLs name one relay: a host may be written with the dot of the root or without.</summary>
    internal static bool IsSame(Uri left, Uri right) => Key(left) == Key(right);

    internal static (string Scheme, string Host, int Port) Key(Uri relay) => (relay.Scheme, relay.IdnHost.TrimEnd('.').ToLowerInvariant(), relay.Port);
}
