using System.Buffers.Binary;
using AltSendme.Abstractions;
using AltSendme.Core.Identity;
using AltSendme.Core.Plugins;
using AltSendme.Core.Policy;

namespace AltSendme.Core.Relays;

/// <summary>Tries a relay out, as <c>altsendme relay test</c> does: how far it is, at which public address it sees this machine, whether it lets this side in, and whether what is sent arrives. Uses two keys made for the occasion.</summary>
public static class RelayCheck
{
    /// <summary>Bytes that are sent through the relay and back to this machine.</summary>
    public const int LoopBytes = 1024 * 1024;

    private const int Segment = 1200;
    private const int SegmentsABatch = 25;
    private const int Attempts = 5;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BatchLimit = TimeSpan.FromSeconds(3);

    /// <summary>Runs the steps one after the other; the first that fails is the last.</summary>
    /// <exception cref="PluginException">No relay plugin serves the URL.</exception>
    /// <exception cref="PolicyException">Policy allows the relay for nothing.</exception>
    public static async IAsyncEnumerable<RelayCheckStep> RunAsync(CoreServices services, Uri relay, string? token, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(relay);
        var sending = services.Policy.JudgeRelay(relay, RelayUse.Sending, token is not null);
        if (!sending.IsAllowed && !services.Policy.JudgeRelay(relay, RelayUse.Receiving, token is not null).IsAllowed)
            throw sending.ToException();
        using var lease = services.Plugins.Lease();
        var plugin = (await services.Plugins.StartAsync(PluginKind.Relay, cancellationToken)).FirstOrDefault(plugin => plugin.Manifest.Schemes.Contains(relay.Scheme))
            ?? throw new PluginException("plugin.no-relay", $"No relay plugin serves {relay}. Run 'altsendme doctor' for details.");

        if (plugin.Offer.MeasureRelay is { } measure)
        {
            var report = await measure(relay, cancellationToken);
            yield return report.Latency is { } latency ? new RelayCheckStep(true, $"{relay.Host} answers within {Milliseconds(latency)}") { Latency = latency } : new RelayCheckStep(false, report.Detail ?? $"{relay.Host} does not answer");
            if (report.Latency is null)
                yield break;
        }

        // Relayed transfers go without; only the chance of a direct path is smaller.
        if (plugin.Offer.ObserveAddress is { } observe)
        {
            var seen = await observe(relay, cancellationToken);
            yield return seen.Address is { } address
                ? new RelayCheckStep(true, $"address discovery: the relay sees this machine at {address} (UDP)")
                : new RelayCheckStep(true, $"address discovery: {seen.Detail}") { IsNote = true };
        }

        using var here = EndpointKey.Generate();
        using var there = EndpointKey.Generate();
        await using var sender = plugin.Offer.Relay!(new RelayContext(here, relay) { AccessToken = token });
        var state = await ConnectAsync(sender, services.TimeProvider, cancellationToken);
        yield return state.Status == RelayStatus.Connected
            ? new RelayCheckStep(true, token is null ? "the relay lets this side in" : "the relay takes the token and lets this side in")
            : new RelayCheckStep(false, state.Detail ?? "the relay does not let this side in");
        if (state.Status != RelayStatus.Connected)
            yield break;

        await using var receiver = plugin.Offer.Relay!(new RelayContext(there, relay) { AccessToken = token });
        await ConnectAsync(receiver, services.TimeProvider, cancellationToken);
        yield return await LoopAsync(sender, receiver, there.Id, services.TimeProvider, cancellationToken);
    }

    private static async Task<RelayState> ConnectAsync(IRelay tunnel, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or when the relay takes too long.
        using var limit = new CancellationTokenSource(ConnectLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (var state in tunnel.WatchStateAsync(either.Token))
            {
                if (state.Status != RelayStatus.Connecting || state.Detail is not null)
                    return state;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What it says of itself now is the answer.
        }

        return tunnel.State;
    }

    /// <summary>Sends batch after batch, each once the one before has arrived: a relay may drop what comes too fast, and this asks whether it works, not how fast it can be.</summary>
    private static async Task<RelayCheckStep> LoopAsync(IRelay sender, IRelay receiver, EndpointId destination, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var batch = new byte[Segment * SegmentsABatch];
        var buffer = new byte[64 * 1024];
        var start = timeProvider.GetTimestamp();
        for (var number = 0; number * batch.Length < LoopBytes; number++)
        {
            for (var segment = 0; segment < SegmentsABatch; segment++)
                BinaryPrimitives.WriteInt32LittleEndian(batch.AsSpan(segment * Segment), number);
            var arrived = false;
            for (var attempt = 0; attempt < Attempts && !arrived; attempt++)
            {
                await sender.SendAsync(new RelayDatagrams(destination, batch, Segment), cancellationToken);
                arrived = await ArrivesAsync(receiver, number, batch.Length, buffer, timeProvider, cancellationToken);
            }

            if (!arrived)
                return new RelayCheckStep(false, $"what is sent through the relay does not arrive: {number * batch.Length / 1024} KiB of {LoopBytes / 1024} did");
        }

        return new RelayCheckStep(true, $"{LoopBytes / 1024 / 1024} MiB went through the relay and came back in {Milliseconds(timeProvider.GetElapsedTime(start))}");
    }

    private static async Task<bool> ArrivesAsync(IRelay receiver, int number, int length, byte[] buffer, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or when the batch takes too long.
        using var limit = new CancellationTokenSource(BatchLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            for (var missing = length; missing > 0;)
            {
                var received = await receiver.ReceiveAsync(buffer, either.Token);
                if (received.Kind != RelayReceivedKind.Datagrams)
                    continue;
                for (var rest = received.Datagrams.Contents; rest.Length >= sizeof(int); rest = rest[Math.Min(Segment, rest.Length)..])
                    missing -= BinaryPrimitives.ReadInt32LittleEndian(rest.Span) == number ? Math.Min(Segment, rest.Length) : 0;
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string Milliseconds(TimeSpan time) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
