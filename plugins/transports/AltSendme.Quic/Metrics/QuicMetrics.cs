using System.Diagnostics.Metrics;

namespace AltSendme.Quic.Metrics;

/// <summary>
/// What monitoring sees: the meter <see cref="MeterName"/>, over all endpoints of the process. Its counters are read from the endpoints when somebody listens and cost nothing else; the table of instruments is in the
/// library's README.
/// </summary>
public static class QuicMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "AltSendme.Quic";

    private static readonly Lock Gate = new();
    private static readonly List<EndpointCounters> Live = [];
    private static readonly EndpointCounters Gone = new();
    private static readonly Meter Meter = new(MeterName);
    private static readonly Histogram<double> RoundTrips = Meter.CreateHistogram<double>("quic.connection.rtt", "s", "Smoothed round-trip time of the path in use, recorded when an established connection ends.");

    static QuicMetrics()
    {
        ByDirection("quic.packets", "{packet}", "Packets.", ("sent", EndpointCount.PacketsSent), ("received", EndpointCount.PacketsReceived));
        ByDirection("quic.bytes", "By", "UDP payload of connections.", ("sent", EndpointCount.BytesSent), ("received", EndpointCount.BytesReceived));
        Single("quic.packets.lost", "{packet}", "Packets declared lost.", EndpointCount.PacketsLost);
        Single("quic.packets.undecryptable", "{packet}", "Packets that could not be opened: forged, damaged or late.", EndpointCount.PacketsUndecryptable);
        Single("quic.key_updates", "{update}", "Key updates by either end.", EndpointCount.KeyUpdates);
        Tagged("quic.handshakes", "{handshake}", "Handshakes by outcome.", "outcome", ("ok", EndpointCount.HandshakesCompleted), ("failed", EndpointCount.HandshakesFailed));
        Single("quic.retries", "{packet}", "Retry packets sent.", EndpointCount.Retries);
        Single("quic.refusals", "{connection}", "Clients that were sent away.", EndpointCount.Refusals);
        Single("quic.version_negotiations", "{packet}", "Version negotiation packets sent.", EndpointCount.VersionNegotiations);
        Single("quic.stateless_resets", "{packet}", "Stateless resets sent.", EndpointCount.StatelessResets);
        Single("quic.tokens.honoured", "{connection}", "Clients whose token of an earlier connection proved their address.", EndpointCount.TokensHonoured);
        Tagged(
            "quic.datagrams.dropped",
            "{datagram}",
            "Datagrams that no connection got, by reason.",
            "reason",
            ("malformed", EndpointCount.DroppedMalformed),
            ("too_small", EndpointCount.DroppedTooSmall),
            ("unknown_connection", EndpointCount.DroppedUnknown),
            ("not_listening", EndpointCount.DroppedNotListening),
            ("ignored", EndpointCount.DroppedIgnored));
        Meter.CreateObservableUpDownCounter("quic.connections.open", static () => Sum(EndpointCount.ConnectionsBegun) - Sum(EndpointCount.ConnectionsEnded), "{connection}", "Connections, handshakes included.");
    }

    /// <summary>Begins to report an endpoint.</summary>
    internal static void Attach(EndpointCounters counters)
    {
        lock (Gate)
            Live.Add(counters);
    }

    /// <summary>An endpoint is no more; what it counted stays in the sums.</summary>
    internal static void Detach(EndpointCounters counters)
    {
        lock (Gate)
        {
            if (!Live.Remove(counters))
                return;
            Gone.Add(counters);

            // What it had open went with it.
            Gone.Add(EndpointCount.ConnectionsEnded, counters[EndpointCount.ConnectionsBegun] - counters[EndpointCount.ConnectionsEnded]);
        }
    }

    /// <summary>An established connection ended.</summary>
    internal static void OnConnectionEnded(TimeSpan roundTrip) => RoundTrips.Record(roundTrip.TotalSeconds);

    private static long Sum(EndpointCount count)
    {
        lock (Gate)
        {
            var sum = Gone[count];
            foreach (var endpoint in Live)
                sum += endpoint[count];
            return sum;
        }
    }

    private static void Single(string name, string unit, string description, EndpointCount count) => Meter.CreateObservableCounter(name, () => Sum(count), unit, description);

    private static void ByDirection(string name, string unit, string description, params (string Value, EndpointCount Count)[] values) => Tagged(name, unit, description, "direction", values);

    private static void Tagged(string name, string unit, string description, string tag, params (string Value, EndpointCount Count)[] values) =>
        Meter.CreateObservableCounter(name, () => values.Select(value => new Measurement<long>(Sum(value.Count), new KeyValuePair<string, object?>(tag, value.Value))), unit, description);
}
