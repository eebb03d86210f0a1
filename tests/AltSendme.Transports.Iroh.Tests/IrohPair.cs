using System.Net;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Transports.Iroh.Tests;

/// <summary>Transports and pairs of them over QUIC, with handshakes that give up soon.</summary>
internal static class IrohPair
{
    public const int StreamLimit = 100;

    /// <summary>The first window of a stream and the buffers on both sides of it.</summary>
    public const int UnreadLimit = 8 << 20;

    private static readonly IrohOptions Hasty = new() { HandshakeTimeout = TimeSpan.FromSeconds(2) };

    public static IrohTransport Transport(IEndpointIdentity identity, IRelayAccess? relays = null) =>
        new(new EndpointContext(identity, relays ?? new NoRelays()), Hasty, TimeProvider.System, NullLogger.Instance);

    public static Task<TransportPair> StartAsync() => TransportPair.StartAsync(identity => Transport(identity), IPAddress.Loopback);

    private sealed class NoRelays : IRelayAccess
    {
        public ValueTask<IRelay> OpenAsync(Uri url, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<IRelay>(new PluginException("plugin.no-relay", "There is no relay here."));

        public async IAsyncEnumerable<IReadOnlyList<Uri>> WatchPreferredAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            yield return [];
        }
    }
}
