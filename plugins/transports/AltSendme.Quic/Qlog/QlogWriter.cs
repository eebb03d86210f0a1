using System.Buffers;
using System.Text.Json;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Qlog;

/// <summary>
/// Writes what happens to a connection as qlog in JSON text sequences (RFC 7464), in the form that is asked for: a header, then a record an event. The owner of the buffer writer moves the bytes to a
/// file, and is disposed with this; this class does no I/O. Times are milliseconds since the start. Stream contents, tokens and keys are left out.
/// </summary>
internal sealed class QlogWriter : IConnectionObserver, IDisposable
{
    private const byte RecordSeparator = 0x1e;

    private readonly IBufferWriter<byte> _output;
    private readonly Utf8JsonWriter _json;
    private readonly QlogDialect _dialect;
    private readonly QlogFrames _frames;
    private readonly Instant _start;

    /// <summary>
    /// Writes the header. <paramref name="group"/> is the original destination connection id in hex, which both ends' logs share; <paramref name="began"/> is the time of day at <paramref name="start"/>.
    /// </summary>
    public QlogWriter(IBufferWriter<byte> output, QlogFormat format, Side side, string group, Instant start, DateTimeOffset began)
    {
        _output = output;
        _start = start;
        _json = new Utf8JsonWriter(output);
        _dialect = QlogDialect.Of(format);
        _frames = new QlogFrames(_json, _dialect);
        Begin();
        QlogHeader.Write(_json, _dialect, side, group, began);
        End();
    }

    /// <inheritdoc />
    public void OnStarted(in NetworkPath path, Instant now)
    {
        BeginEvent(_dialect.ConnectionStarted, now);
        WritePath(path, "local", "remote");
        EndEvent();
    }

    /// <inheritdoc />
    public void OnPacketSent(EncryptionLevel level, ulong number, int size, ReadOnlySpan<byte> payload, bool isMtuProbe, Instant now)
    {
        BeginPacket(_dialect.PacketSent, level, number, now);
        _frames.Write(payload);
        WriteRaw(size, payload.Length);
        if (isMtuProbe)
            _json.WriteBoolean("is_mtu_probe_packet", true);
        EndEvent();
    }

    /// <inheritdoc />
    public void OnPacketReceived(EncryptionLevel level, ulong number, int size, ReadOnlySpan<byte> payload, Instant now)
    {
        BeginPacket(_dialect.PacketReceived, level, number, now);
        _frames.Write(payload);
        WriteRaw(size, payload.Length);
        EndEvent();
    }

    /// <inheritdoc />
    public void OnPacketLost(EncryptionLevel level, ulong number, bool isByTime, Instant now)
    {
        BeginPacket(_dialect.PacketLost, level, number, now);
        _json.WriteString("trigger", isByTime ? "time_threshold" : "reordering_threshold");
        EndEvent();
    }

    /// <inheritdoc />
    public void OnKeysUpdated(bool isByPeer, int phase, Instant now)
    {
        foreach (var type in (ReadOnlySpan<string>)["client_1rtt_secret", "server_1rtt_secret"])
        {
            BeginEvent(_dialect.KeyUpdated, now);
            _json.WriteString("key_type", type);
            _json.WriteNumber(_dialect.KeyPhase, phase);
            _json.WriteString("trigger", isByPeer ? "remote_update" : "local_update");
            EndEvent();
        }
    }

    /// <inheritdoc />
    public void OnMetrics(in PathMetrics metrics, Instant now)
    {
        BeginEvent(_dialect.MetricsUpdated, now);
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
        BeginEvent(_dialect.PathChanged, now);
        if (!_dialect.IsVersion03)
            _json.WriteString("tuple_id", $"{path.Local}>{path.Remote}");
        WritePath(path, "tuple_local", "tuple_remote");
        EndEvent();
    }

    /// <inheritdoc />
    public void OnClosed(ConnectionCloseReason reason, Instant now)
    {
        var isApplication = reason.Kind is ConnectionCloseKind.LocalApplication or ConnectionCloseKind.PeerApplication;
        BeginEvent(_dialect.ConnectionClosed, now);
        _json.WriteString(_dialect.Initiator, reason.Kind is ConnectionCloseKind.PeerApplication or ConnectionCloseKind.PeerTransport or ConnectionCloseKind.StatelessReset ? "remote" : "local");
        _dialect.WriteError(_json, isApplication ? _dialect.ApplicationError : _dialect.ConnectionError, isApplication ? QlogNames.Unknown : QlogNames.Of(reason.Code), reason.Code);
        _json.WriteString("reason", reason.Reason);
        _json.WriteString("trigger", reason.Kind == ConnectionCloseKind.HandshakeTimeout ? _dialect.HandshakeTimeout : QlogNames.Of(reason.Kind));
        EndEvent();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _json.Dispose();
        (_output as IDisposable)?.Dispose();
    }

    private void BeginPacket(string name, EncryptionLevel level, ulong number, Instant now)
    {
        BeginEvent(name, now);
        _json.WriteStartObject("header");
        _json.WriteString("packet_type", QlogNames.Of(level));
        _json.WriteNumber("packet_number", number);
        _json.WriteEndObject();
    }

    private void WriteRaw(int length, int payloadLength)
    {
        _json.WriteStartObject("raw");
        _json.WriteNumber("length", length);
        _json.WriteNumber("payload_length", payloadLength);
        _json.WriteEndObject();
    }

    private void WritePath(in NetworkPath path, string local, string remote)
    {
        if (_dialect.IsVersion03)
        {
            _json.WriteString("ip_version", Family(path.Remote));
            WriteEnd(path.Local, "src_ip", "src_port");
            WriteEnd(path.Remote, "dst_ip", "dst_port");
        }
        else
        {
            WriteEnd(path.Local, local);
            WriteEnd(path.Remote, remote);
        }
    }

    private void WriteEnd(in NetworkAddress address, string name)
    {
        _json.WriteStartObject(name);
        WriteEnd(address, $"ip_{Family(address)}", $"port_{Family(address)}");
        _json.WriteEndObject();
    }

    // What is no address of IP, such as a relay's, is left out.
    private void WriteEnd(in NetworkAddress address, string host, string port)
    {
        if (address.ToIPAddress() is not { } ip)
            return;
        _json.WriteString(host, ip.ToString());
        _json.WriteNumber(port, address.Port);
    }

    private static string Family(in NetworkAddress address) => address.Kind == AddressKind.IPv4 ? "v4" : "v6";

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
