using System.Buffers;
using System.Text.Json;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Qlog;

/// <summary>
/// Writes what happens to a connection as qlog in JSON text sequences (RFC 7464; draft-ietf-quic-qlog-main-schema and -quic-events): a header, then a record an event. The owner of the buffer writer moves the bytes to a
/// file; this class does no I/O. Times are milliseconds since the start. Stream contents, tokens and keys are left out.
/// </summary>
internal sealed class QlogWriter : IConnectionObserver, IDisposable
{
    private const byte RecordSeparator = 0x1e;

    private readonly IBufferWriter<byte> _output;
    private readonly Utf8JsonWriter _json;
    private readonly Instant _start;

    /// <summary>Writes the header. <paramref name="group"/> is the original destination connection id in hex, which both ends' logs share.</summary>
    public QlogWriter(IBufferWriter<byte> output, Side side, string group, Instant start)
    {
        _output = output;
        _start = start;
        _json = new Utf8JsonWriter(output);
        Begin();
        _json.WriteString("file_schema", "urn:ietf:params:qlog:file:sequential");
        _json.WriteString("serialization_format", "application/qlog+json-seq");
        _json.WriteStartObject("trace");
        _json.WriteStartObject("common_fields");
        _json.WriteString("group_id", group);
        _json.WriteString("time_format", "relative_to_epoch");
        _json.WriteStartObject("reference_time");
        _json.WriteString("clock_type", "monotonic");
        _json.WriteString("epoch", "unknown");
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteStartObject("vantage_point");
        _json.WriteString("type", side == Side.Client ? "client" : "server");
        _json.WriteEndObject();
        _json.WriteStartArray("event_schemas");
        _json.WriteStringValue("urn:ietf:params:qlog:events:quic-12");
        _json.WriteEndArray();
        _json.WriteEndObject();
        End();
    }

    /// <inheritdoc />
    public void OnStarted(in NetworkPath path, Instant now)
    {
        BeginEvent("quic:connection_started", now);
        WriteEnd("local", path.Local);
        WriteEnd("remote", path.Remote);
        EndEvent();
    }

    /// <inheritdoc />
    public void OnPacketSent(EncryptionLevel level, ulong number, int size, ReadOnlySpan<byte> payload, bool isMtuProbe, Instant now)
    {
        BeginPacket("quic:packet_sent", level, number, now);
        QlogFrames.Write(_json, payload);
        WriteRaw(size, payload.Length);
        if (isMtuProbe)
            _json.WriteBoolean("is_mtu_probe_packet", true);
        EndEvent();
    }

    /// <inheritdoc />
    public void OnPacketReceived(EncryptionLevel level, ulong number, ReadOnlySpan<byte> payload, Instant now)
    {
        BeginPacket("quic:packet_received", level, number, now);
        QlogFrames.Write(_json, payload);
        WriteRaw(null, payload.Length);
        EndEvent();
    }

    /// <inheritdoc />
    public void OnPacketLost(EncryptionLevel level, ulong number, bool isByTime, Instant now)
    {
        BeginPacket("quic:packet_lost", level, number, now);
        _json.WriteString("trigger", isByTime ? "time_threshold" : "reordering_threshold");
        EndEvent();
    }

    /// <inheritdoc />
    public void OnKeysUpdated(bool isByPeer, int phase, Instant now)
    {
        foreach (var type in (ReadOnlySpan<string>)["client_1rtt_secret", "server_1rtt_secret"])
        {
            BeginEvent("quic:key_updated", now);
            _json.WriteString("key_type", type);
            _json.WriteNumber("key_phase", phase);
            _json.WriteString("trigger", isByPeer ? "remote_update" : "local_update");
            EndEvent();
        }
    }

    /// <inheritdoc />
    public void OnMetrics(in PathMetrics metrics, Instant now)
    {
        BeginEvent("quic:recovery_metrics_updated", now);
        if (metrics.MinRtt is { } least)
            _json.WriteNumber("min_rtt", least.TotalMilliseconds);
        _json.WriteNumber("smoothed_rtt", metrics.SmoothedRtt.TotalMilliseconds);
        _json.WriteNumber("latest_rtt", metrics.LatestRtt.TotalMilliseconds);
        _json.WriteNumber("rtt_variance", metrics.RttVariance.TotalMilliseconds);
        _json.WriteNumber("pto_count", metrics.ProbeCount);
        _json.WriteNumber("congestion_window", metrics.CongestionWindow);
        _json.WriteNumber("bytes_in_flight", metrics.BytesInFlight);
        if (metrics.SlowStartThreshold is { } threshold)
            _json.WriteNumber("ssthresh", threshold);
        EndEvent();
    }

    /// <inheritdoc />
    public void OnPathChanged(in NetworkPath path, Instant now)
    {
        BeginEvent("quic:tuple_assigned", now);
        _json.WriteString("tuple_id", $"{path.Local}>{path.Remote}");
        WriteEnd("tuple_remote", path.Remote);
        WriteEnd("tuple_local", path.Local);
        EndEvent();
    }

    /// <inheritdoc />
    public void OnClosed(ConnectionCloseReason reason, Instant now)
    {
        var isApplication = reason.Kind is ConnectionCloseKind.LocalApplication or ConnectionCloseKind.PeerApplication;
        BeginEvent("quic:connection_closed", now);
        _json.WriteString("initiator", reason.Kind is ConnectionCloseKind.PeerApplication or ConnectionCloseKind.PeerTransport or ConnectionCloseKind.StatelessReset ? "remote" : "local");
        _json.WriteString(isApplication ? "application_error" : "connection_error", isApplication ? "unknown" : QlogNames.Of(reason.Code));
        _json.WriteNumber("error_code", reason.Code);
        _json.WriteString("reason", reason.Reason);
        _json.WriteString("trigger", QlogNames.Of(reason.Kind));
        EndEvent();
    }

    /// <inheritdoc />
    public void Dispose() => _json.Dispose();

    private void BeginPacket(string name, EncryptionLevel level, ulong number, Instant now)
    {
        BeginEvent(name, now);
        _json.WriteStartObject("header");
        _json.WriteString("packet_type", QlogNames.Of(level));
        _json.WriteNumber("packet_number", number);
        _json.WriteEndObject();
    }

    private void WriteRaw(int? length, int payloadLength)
    {
        _json.WriteStartObject("raw");
        if (length is { } whole)
            _json.WriteNumber("length", whole);
        _json.WriteNumber("payload_length", payloadLength);
        _json.WriteEndObject();
    }

    private void WriteEnd(string name, in NetworkAddress address)
    {
        _json.WriteStartObject(name);
        if (address.ToIPAddress() is { } host)
        {
            var family = address.Kind == AddressKind.IPv4 ? "v4" : "v6";
            _json.WriteString($"ip_{family}", host.ToString());
            _json.WriteNumber($"port_{family}", address.Port);
        }

        _json.WriteEndObject();
    }

    private void BeginEvent(string name, Instant now)
    {
        Begin();
        _json.WriteNumber("time", (now - _start).TotalMilliseconds);
        _json.WriteString("name", name);
        _json.WriteStartObject("data");
    }

    private void EndEvent()
    {
        _json.WriteEndObject();
        End();
    }

    private void Begin()
    {
        _output.GetSpan(1)[0] = RecordSeparator;
        _output.Advance(1);
        _json.Reset();
        _json.WriteStartObject();
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _output.GetSpan(1)[0] = (byte)'\n';
        _output.Advance(1);
    }
}
