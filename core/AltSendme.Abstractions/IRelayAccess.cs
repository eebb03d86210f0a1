namespace AltSendme.Abstractions;

/// <summary>The only way for a transport to a relay: the host asks policy, starts the relay plugin that owns the URL's scheme, and shares one tunnel among all who use it.</summary>
public interface IRelayAccess
{
    /// <summary>Opens, or joins, the tunnel through <paramref name="url"/>. Disposing what is returned gives the share back; the tunnel ends with the last one.</summary>
    /// <exception cref="PolicyException">Policy does not allow this relay; the message names who decided and what is allowed.</exception>
    /// <exception cref="PluginException">No relay plugin serves the URL, or it failed to start.</exception>
    ValueTask<IRelay> OpenAsync(Uri url, CancellationToken cancellationToken = default);

    /// <summary>Relays that this side should be reachable through, best first: now and whenever the choice changes. Empty where relays are switched off.</summary>
    IAsyncEnumerable<IReadOnlyList<Uri>> WatchPreferredAsync(CancellationToken cancellationToken = default);
}
