using System.Buffers;
using System.Text.Json;
using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Qlog;

/// <summary>
/// Writes what happens to a connection as qlog in JSON text sequences (RFC 7464; draft-ietf-quic-qlog-main-schema and -quic-events): a header, then a record an event. Frames are not listed. The owner of the buffer
/// writer moves the bytes to a file; this class does no I/O. Times are milliseconds since the start.
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
    public void OnPacketSent(EncryptionLevel level, ulong number, int size, bool isAckEliciting, Instant now) => WritePacket("quic:packet_sent", level, number, size, now);

    /// <inheritdoc />
    public void OnPacketReceived(EncryptionLevel level, ulong number, int size, bool isAckEliciting, Instant now) => WritePacket("quic:packet_received", level, number, size, now);

    /// <inheritdoc />
    public void OnPacketLost(EncryptionLevel level, ulong number, Instant now) => WritePacket("quic:packet_lost", level, number, 0, now);

    /// <inheritdoc />
    public void OnMetrics(in PathMetrics metrics, Instant now)
    {
        BeginEvent("quic:recovery_metrics_updated", now);
        _json.WriteNumber("smoothed_rtt", metrics.SmoothedRtt.TotalMilliseconds);
        _json.WriteNumber("latest_rtt", metrics.LatestRtt.TotalMilliseconds);
        _json.WriteNumber("rtt_variance", metrics.RttVariance.TotalMilliseconds);
        _json.WriteNumber("congestion_window", metrics.CongestionWindow);
        _json.WriteNumber("bytes_in_flight", metrics.BytesInFlight);
        if (metrics.SlowStartThreshold is { } threshold)
            _json.WriteNumber("ssthresh", threshold);
        EndEvent();
    }

    /// <inheritdoc />
    public void OnPathChanged(string local, string remote, Instant now)
    {
        BeginEvent("quic:tuple_assigned", now);
        _json.WriteString("tuple_id", $"{local}>{remote}");
        EndEvent();
    }

    /// <inheritdoc />
    public void OnClosed(ConnectionCloseReason reason, Instant now)
    {
        BeginEvent("quic:connection_closed", now);
        _json.WriteString("initiator", reason.Kind is ConnectionCloseKind.PeerApplication or ConnectionCloseKind.PeerTransport ? "remote" : "local");
        _json.WriteString("trigger", reason.Kind.ToString());
        _json.WriteNumber("error_code", reason.Code);
        _json.WriteString("reason", reason.Reason);
        EndEvent();
    }

    /// <inheritdoc />
    public void Dispose() => _json.Dispose();

    private static string TypeOf(EncryptionLevel level) => level switch
    {
        EncryptionLevel.Initial => "initial",
        EncryptionLevel.Handshake => "handshake",
        _ => "1RTT",
    };

    private void WritePacket(string name, EncryptionLevel level, ulong number, int size, Instant now)
    {
        BeginEvent(name, now);
        _json.WriteStartObject("header");
        _json.WriteString("packet_type", TypeOf(level));
        _json.WriteNumber("packet_number", number);
        _json.WriteEndObject();
        if (size > 0)
        {
            _json.WriteStartObject("raw");
            _json.WriteNumber("length", size);
            _json.WriteEndObject();
        }

        EndEvent();
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
