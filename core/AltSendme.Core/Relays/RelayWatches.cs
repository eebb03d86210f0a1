using System.Collections.Concurrent;
using AltSendme.Abstractions;
using AltSendme.Core.Progress;

namespace AltSendme.Core.Relays;

/// <summary>Watches the relays of an endpoint, and tells what keeps one from being used. Whoever makes it disposes it, after the relays. Thread-safe.</summary>
internal sealed class RelayWatches(EndpointId own, IProgress<TransferEvent>? progress) : IAsyncDisposable
{
    /// <summary>Troubles that are told of one relay: what a relay says is a stranger's, and must not flood the screen.</summary>
    private const int MaxTold = 8;

    private readonly ConcurrentDictionary<Uri, string> _troubles = new();
    private readonly ConcurrentBag<Task> _watches = [];
    private readonly CancellationTokenSource _over = new();   // cancelled by DisposeAsync only

    /// <summary>What is wrong now; <see langword="null"/> for nothing that is known.</summary>
    public string? Trouble => _troubles.IsEmpty ? null : string.Join("; ", _troubles.Values);

    /// <summary>Watches a relay until it is disposed.</summary>
    public void Add(IRelay relay) => _watches.Add(WatchAsync(relay));

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_watches);
        _over.Dispose();
    }

    private async Task WatchAsync(IRelay relay)
    {
        try
        {
            var (wasConnected, told, last) = (false, 0, "");
            await foreach (var state in relay.WatchStateAsync(_over.Token))
            {
                wasConnected |= state.Status == RelayStatus.Connected;
                if (state.Detail is not { } detail || state.Status is RelayStatus.Connected or RelayStatus.Closed)
                    _troubles.TryRemove(relay.Url, out _);
                else
                    _troubles[relay.Url] = Advise(state.Status, detail);
                if (state.Detail is null || state.Detail == last || (state.Status == RelayStatus.Connecting && wasConnected) || ++told > MaxTold)
                    continue;
                last = state.Detail;
                progress?.Report(new RelayTrouble(relay.Url, Advise(state.Status, last)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or AltSendmeException or ObjectDisposedException)
        {
            // Nobody wants to know any more, or there is nothing left to watch.
        }
    }

    private string Advise(RelayStatus status, string detail) => status switch
    {
        RelayStatus.Refused => $"{detail}. Check its token (--relay-token, or Relays:Custom in the settings), ask whoever runs it to admit the endpoint {own}, or use another relay",
        RelayStatus.Connecting => $"{detail}. It is tried again and again",
        _ => detail,
    };
}
