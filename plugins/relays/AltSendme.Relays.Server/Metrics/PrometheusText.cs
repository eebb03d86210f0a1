using System.Globalization;
using System.Text;

namespace AltSendme.Relays.Server.Metrics;

/// <summary>The metrics in Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string Prefix = "altsendme_relay_";

    public static string Write(RelayMetrics metrics)
    {
        var text = new StringBuilder();
        Gauge(text, "clients", "Authenticated clients that are connected now.", Volatile.Read(ref metrics.Clients));
        Gauge(text, "connections", "Open connections, authenticated or not.", Volatile.Read(ref metrics.Connections));
        Counter(text, "clients_accepted_total", "Clients that were let in.", Volatile.Read(ref metrics.ClientsAccepted));
        Counter(text, "clients_replaced_total", "Clients that gave way to a newer connection of the same endpoint.", Volatile.Read(ref metrics.ClientsReplaced));
        Counter(text, "packets_received_total", "Packets and batches that came from clients.", Volatile.Read(ref metrics.PacketsReceived));
        Counter(text, "bytes_received_total", "Bytes in them, without the relay's own headers.", Volatile.Read(ref metrics.BytesReceived));
        Counter(text, "packets_sent_total", "Packets and batches that were sent on.", Volatile.Read(ref metrics.PacketsSent));
        Counter(text, "packets_absent_total", "Packets for endpoints that are not connected.", Volatile.Read(ref metrics.PacketsToAbsentPeers));
        Counter(text, "packets_dropped_total", "Packets that were dropped because too much waited for their receiver.", Volatile.Read(ref metrics.PacketsDroppedFullQueue));
        Counter(text, "rate_limited_total", "Pauses that clients had to make because they sent too much.", Volatile.Read(ref metrics.RateLimited));
        Counter(text, "slow_clients_cut_total", "Clients that were cut off because they took nothing or left a frame unfinished.", Volatile.Read(ref metrics.SlowClientsCut));
        Counter(text, "silent_clients_cut_total", "Clients that were cut off because they gave no sign of life.", Volatile.Read(ref metrics.SilentClientsCut));
        Counter(text, "texts_ignored_total", "Text messages, which mean nothing here.", Volatile.Read(ref metrics.TextsIgnored));
        Counter(text, "authentication_failed_total", "Clients that did not prove their id.", Volatile.Read(ref metrics.AuthenticationFailed));
        Counter(text, "access_denied_total", "Clients that proved their id and may not use the relay.", Volatile.Read(ref metrics.AccessDenied));
        Counter(text, "handshakes_timed_out_total", "Clients that took too long to prove their id.", Volatile.Read(ref metrics.HandshakesTimedOut));
        Counter(text, "upgrades_refused_total", "Requests for the relay that were not proper WebSocket requests.", Volatile.Read(ref metrics.UpgradesRefused));
        Counter(text, "clients_refused_full_total", "Clients that were turned away because the relay was full.", Volatile.Read(ref metrics.ClientsRefusedFull));
        Counter(text, "connections_refused_address_total", "Connections that were closed because their source address had too many.", Volatile.Read(ref metrics.ConnectionsRefusedPerAddress));
        Counter(text, "connections_refused_full_total", "Connections that were closed because there were too many in all.", Volatile.Read(ref metrics.ConnectionsRefusedFull));
        Counter(text, "connections_without_request_total", "Connections that ended without a whole request: silent, slow or broken ones.", Volatile.Read(ref metrics.ConnectionsWithoutRequest));
        Gauge(text, "address_connections", "Endpoints that are connected now to hear of their public address.", Volatile.Read(ref metrics.AddressConnections));
        Counter(text, "address_questions_total", "Endpoints that began to ask for their public address.", Volatile.Read(ref metrics.AddressQuestions));
        Counter(text, "address_questions_ignored_total", "Those left unanswered because too many asked at once.", Volatile.Read(ref metrics.AddressQuestionsIgnored));
        Counter(text, "addresses_told_total", "Endpoints that were told their public address.", Volatile.Read(ref metrics.AddressesTold));
        Head(text, "protocol_faults_total", "Clients that were disconnected because they broke the protocol.", "counter");
        foreach (var (kind, count) in metrics.Faults.OrderBy(static fault => fault.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{Prefix}protocol_faults_total{{kind=\"{kind}\"}} {count}\n");
        return text.ToString();
    }

    private static void Gauge(StringBuilder text, string name, string help, long value) => Sample(text, name, help, "gauge", value);

    private static void Counter(StringBuilder text, string name, string help, long value) => Sample(text, name, help, "counter", value);

    private static void Sample(StringBuilder text, string name, string help, string type, long value)
    {
        Head(text, name, help, type);
        text.Append(CultureInfo.InvariantCulture, $"{Prefix}{name} {value}\n");
    }

    private static void Head(StringBuilder text, string name, string help, string type) => text.Append(CultureInfo.InvariantCulture, $"# HELP {Prefix}{name} {help}\n# TYPE {Prefix}{name} {type}\n");
}
