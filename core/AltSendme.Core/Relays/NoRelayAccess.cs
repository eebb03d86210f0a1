using System.Runtime.CompilerServices;
using AltSendme.Abstractions;

namespace AltSendme.Core.Relays;

/// <summary>Relays for a transport that has no use for them: there are none.</summary>
internal sealed class NoRelayAccess : IRelayAccess
{
    public static readonly NoRelayAccess Instance = new();

    public ValueTask<IRelay> OpenAsync(Uri url, CancellationToken cancellationToken = default) =>
        ValueTask.FromException<IRelay>(new PluginException("plugin.no-relay", $"A transport asked for {url}, though its manifest does not list the scheme '{EndpointAddress.RelayScheme}'."));

    public async IAsyncEnumerable<IReadOnlyList<Uri>> WatchPreferredAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return [];
    }
}
