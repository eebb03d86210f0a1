using AltSendme.Abstractions;

namespace AltSendme.Core.Paths;

/// <summary>Relays where no relay plugin is in use: there are none.</summary>
internal sealed class NoRelayAccess : IRelayAccess
{
    public static readonly NoRelayAccess Instance = new();

    public ValueTask<IRelay> OpenAsync(Uri url, CancellationToken cancellationToken = default) =>
        ValueTask.FromException<IRelay>(new PluginException("plugin.no-relay", $"No relay plugin serves {url}. Install one, or use a ticket with addresses."));

    public async IAsyncEnumerable<IReadOnlyList<Uri>> WatchPreferredAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return [];
    }
}
