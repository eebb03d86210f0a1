using System.Runtime.CompilerServices;
using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>Relays for an endpoint that has none.</summary>
public sealed class NoRelays : IRelayAccess
{
    /// <summary>The only one.</summary>
    public static readonly NoRelays Instance = new();

    private NoRelays()
    {
    }

    /// <inheritdoc/>
    public ValueTask<IRelay> OpenAsync(Uri url, CancellationToken cancellationToken = default) => ValueTask.FromException<IRelay>(new PluginException("plugin.no-relay", $"There is no relay at {url} in this test."));

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<Uri>> WatchPreferredAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return [];
    }
}
