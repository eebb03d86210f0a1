using System.Buffers;
using System.Text.Json;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Qlog;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Streams;
using AltSendme.Quic.Tests.Simulated;

namespace AltSendme.Quic.Tests.Qlog;

/// <summary>What a log reader gets to see: the records of draft-ietf-quic-qlog-main-schema and -quic-events, with the members that those require.</summary>
public sealed class QlogTests
{
    // Members that an event must have, or that viewers draw.
    private static readonly Dictionary<string, string[]> DataMembers = new()
    {
        ["quic:connection_started"] = ["local", "remote"],
        ["quic:packet_sent"] = ["header", "frames", "raw"],
        ["quic:packet_received"] = ["header", "frames", "raw"],
        ["quic:packet_lost"] = ["header", "trigger"],
        ["quic:recovery_metrics_updated"] = ["smoothed_rtt", "latest_rtt", "rtt_variance", "pto_count", "congestion_window", "bytes_in_flight"],
        ["quic:key_updated"] = ["key_type", "key_phase", "trigger"],
        ["quic:tuple_assigned"] = ["tuple_id", "tuple_remote", "tuple_local"],
        ["quic:connection_closed"] = ["initiator", "error_code", "reason", "trigger"],
    };

    private static readonly Dictionary<string, string[]> FrameMembers = new()
    {
        ["padding"] = [],
        ["ping"] = [],
        ["ack"] = ["ack_delay", "acked_ranges"],
        ["reset_stream"] = ["stream_id", "error", "error_code", "final_size"],
        ["stop_sending"] = ["stream_id", "error", "error_code"],
        ["crypto"] = ["offset"],
        ["new_token"] = ["token"],
        ["stream"] = ["stream_id", "offset", "fin"],
        ["max_data"] = ["maximum"],
        ["max_stream_data"] = ["stream_id", "maximum"],
        ["max_streams"] = ["stream_type", "maximum"],
        ["data_blocked"] = ["limit"],
        ["stream_data_blocked"] = ["stream_id", "limit"],
        ["streams_blocked"] = ["stream_type", "limit"],
        ["new_connection_id"] = ["sequence_number", "retire_prior_to", "connection_id"],
        ["retire_connection_id"] = ["sequence_number"],
        ["path_challenge"] = ["data"],
        ["path_response"] = ["data"],
        ["connection_close"] = ["error_space", "error", "error_code", "reason"],
        ["handshake_done"] = [],
        ["datagram"] = [],
        ["immediate_ack"] = [],
        ["ack_frequency"] = ["sequence_number", "ack_eliciting_threshold", "request_max_ack_delay", "reordering_threshold"],
        ["unknown"] = ["frame_type_bytes"],
    };

    [Fact]
    public void A_log_tells_a_connections_story_in_records_that_viewers_read()
    {
        var output = new ArrayBufferWriter<byte>();
        var options = new ConnectionOptions { Observe = (side, id, now) => new QlogWriter(output, QlogFormat.Current, side, id.ToString(), now, DateTimeOffset.UnixEpoch), KeyUpdatePackets = 60 };
        using (var pair = new ConnectedPair(5, client: options, conditions: new LinkConditions { Loss = 0.05 }))
        {
            pair.Client.Send(Pattern.Bytes(200_000));
            pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));
            Assert.True(pair.Client.Core.Migrate(new(pair.Network.NewAddress(), pair.ServerHost.Address), pair.Network.Now));
            pair.Network.RunFor(TimeSpan.FromSeconds(1));
            pair.Client.Core.Close(3, "read \"all\"", pair.Network.Now);
        }

        var records = Parse(output.WrittenSpan);
        var header = records[0];
        Assert.Equal("urn:ietf:params:qlog:file:sequential", header.GetProperty("file_schema").GetString());
        Assert.Equal("application/qlog+json-seq", header.GetProperty("serialization_format").GetString());
        var trace = header.GetProperty("trace");
        Assert.Equal("client", trace.GetProperty("vantage_point").GetProperty("type").GetString());
        Assert.StartsWith("urn:ietf:params:qlog:events:quic", trace.GetProperty("event_schemas")[0].GetString(), StringComparison.Ordinal);
        Assert.True(trace.GetProperty("common_fields").GetProperty("group_id").GetString()!.Length > 0);

        Assert.All(records.Skip(1), CheckEvent);
        var times = records.Skip(1).Select(static record => record.GetProperty("time").GetDouble()).ToArray();
        Assert.Equal(times.Order(), times);
        var events = records.Skip(1).ToLookup(static record => record.GetProperty("name").GetString()!, static record => record.GetProperty("data"));
        Assert.All(DataMembers.Keys, name => Assert.NotEmpty(events[name]));
        Assert.Equal("read \"all\"", events["quic:connection_closed"].Single().GetProperty("reason").GetString());
        Assert.Equal("application", events["quic:connection_closed"].Single().GetProperty("trigger").GetString());
    }

    // What the loader of qvis asks for: it knows version 0.3 and nothing newer.
    [Fact]
    public void The_form_for_qvis_has_the_header_and_the_names_of_version_0_3()
    {
        var output = new ArrayBufferWriter<byte>();
        var options = new ConnectionOptions { Observe = (side, id, now) => new QlogWriter(output, QlogFormat.Version03, side, id.ToString(), now, DateTimeOffset.UnixEpoch.AddSeconds(3)) };
        using (var pair = new ConnectedPair(5, client: options, conditions: new LinkConditions { Loss = 0.05 }))
        {
            pair.Client.Send(Pattern.Bytes(200_000));
            pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));
        }

        var records = Parse(output.WrittenSpan);
        Assert.Equal(("0.3", "JSON-SEQ"), (records[0].GetProperty("qlog_version").GetString(), records[0].GetProperty("qlog_format").GetString()));
        var common = records[0].GetProperty("trace").GetProperty("common_fields");
        Assert.Equal(("relative", 3000), (common.GetProperty("time_format").GetString(), common.GetProperty("reference_time").GetDouble()));
        var events = records.Skip(1).ToLookup(static record => record.GetProperty("name").GetString()!, static record => record.GetProperty("data"));
        Assert.All(
            (string[])["connectivity:connection_started", "transport:packet_sent", "transport:packet_received", "recovery:packet_lost", "recovery:metrics_updated"],
            name => Assert.NotEmpty(events[name]));
        Assert.All(events["transport:packet_sent"], static sent => Assert.True(sent.GetProperty("raw").GetProperty("length").GetInt32() > 0));
        var streams = events["transport:packet_sent"].SelectMany(static sent => sent.GetProperty("frames").EnumerateArray()).Where(static frame => frame.GetProperty("frame_type").GetString() == "stream").ToArray();
        Assert.NotEmpty(streams);
        Assert.All(streams, static frame => Assert.True(frame.TryGetProperty("length", out _) && frame.TryGetProperty("offset", out _)));
    }

    [Fact]
    public void Every_frame_is_logged_by_its_name_with_its_members()
    {
        var output = new ArrayBufferWriter<byte>();
        using var log = new QlogWriter(output, QlogFormat.Current, Side.Server, "00", new Instant(0), DateTimeOffset.UnixEpoch);
        var payload = new byte[1200];
        var writer = new PacketWriter(payload);
        WriteAllFrames(ref writer);

        log.OnPacketSent(EncryptionLevel.Application, 7, writer.Position + 30, writer.Written, isMtuProbe: true, new Instant(1500));

        var sent = Parse(output.WrittenSpan)[1];
        CheckEvent(sent);
        Assert.Equal(1.5, sent.GetProperty("time").GetDouble());
        var frames = sent.GetProperty("data").GetProperty("frames").EnumerateArray().ToArray();
        Assert.Equal(FrameMembers.Keys.Order(), frames.Select(static frame => frame.GetProperty("frame_type").GetString()!).Distinct().Order());
        Assert.Equal(writer.Position, frames.Sum(static frame => frame.GetProperty("raw").GetProperty("length").GetInt32()));
        Assert.Equal("[[90],[10,19]]", frames.Single(static frame => frame.GetProperty("frame_type").GetString() == "ack").GetProperty("acked_ranges").GetRawText());
    }

    [Fact]
    public void Any_payload_gives_a_record_that_can_be_read()
    {
        var output = new ArrayBufferWriter<byte>();
        using var log = new QlogWriter(output, QlogFormat.Current, Side.Server, "00", new Instant(0), DateTimeOffset.UnixEpoch);
        var random = new SeededRandom(77);
        for (var i = 0; i < 2000; i++)
        {
            var payload = new byte[random.Next(60)];
            random.Fill(payload);
            log.OnPacketReceived(EncryptionLevel.Initial, (ulong)i, payload.Length + 30, payload, new Instant(i));
        }

        Assert.All(Parse(output.WrittenSpan).Skip(1), CheckEvent);
    }

    private static void WriteAllFrames(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.Ping);
        writer.WriteZeros(3);
        AckFrame.TryWrite(ref writer, [new NumberRange(10, 20), new NumberRange(90, 91)], 5, new EcnCounts(1, 2, 3), 8);
        new ResetStreamFrame(4, 5, 6).Write(ref writer);
        new StopSendingFrame(4, 5).Write(ref writer);
        CryptoFrame.WriteHeader(ref writer, 9, 3);
        writer.WriteZeros(3);
        NewTokenFrame.Write(ref writer, [1, 2]);
        StreamFrame.WriteHeader(ref writer, 4, 100, 2, true);
        writer.WriteZeros(2);
        new MaxDataFrame(1).Write(ref writer);
        new MaxStreamDataFrame(4, 2).Write(ref writer);
        new MaxStreamsFrame(StreamDirection.Bidirectional, 3).Write(ref writer);
        new DataBlockedFrame(1).Write(ref writer);
        new StreamDataBlockedFrame(4, 2).Write(ref writer);
        new StreamsBlockedFrame(StreamDirection.Unidirectional, 3).Write(ref writer);
        new NewConnectionIdFrame(1, 0, new ConnectionId([1, 2, 3, 4]), new(new byte[16])).Write(ref writer);
        new RetireConnectionIdFrame(1).Write(ref writer);
        new PathChallengeFrame(1).Write(ref writer);
        new PathResponseFrame(1).Write(ref writer);
        new ConnectionCloseFrame { IsApplication = false, Code = 0x128, CauseType = 6, Reason = "why"u8 }.Write(ref writer);
        writer.WriteByte((byte)FrameType.HandshakeDone);
        DatagramFrame.Write(ref writer, [1]);
        writer.WriteByte((byte)FrameType.ImmediateAck);
        new AckFrequencyFrame(1, 2, 3, 4).Write(ref writer);
        writer.WriteVarInt(0x2f);
        writer.WriteBytes([1, 2, 3]);
    }

    private static JsonElement[] Parse(ReadOnlySpan<byte> log)
    {
        Assert.Equal(0x1e, log[0]);
        var records = System.Text.Encoding.UTF8.GetString(log).Split('\u001e', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(records, static record => Assert.EndsWith("}\n", record, StringComparison.Ordinal));
        return [.. records.Select(static record => JsonDocument.Parse(record).RootElement)];
    }

    private static void CheckEvent(JsonElement record)
    {
        Assert.Equal(["time", "name", "data"], record.EnumerateObject().Select(static member => member.Name));
        var name = record.GetProperty("name").GetString()!;
        var data = record.GetProperty("data");
        Assert.All(DataMembers[name], member => Assert.True(data.TryGetProperty(member, out _), $"{name} has no {member}"));
        if (!data.TryGetProperty("header", out var header))
            return;
        Assert.Contains(header.GetProperty("packet_type").GetString(), (string[])["initial", "handshake", "1RTT"]);
        Assert.True(header.GetProperty("packet_number").TryGetUInt64(out _));
        if (data.TryGetProperty("frames", out var frames))
            Assert.All(frames.EnumerateArray(), CheckFrame);
    }

    private static void CheckFrame(JsonElement frame)
    {
        var type = frame.GetProperty("frame_type").GetString()!;
        Assert.True(FrameMembers.ContainsKey(type), type);
        Assert.All((string[])[.. FrameMembers[type], "raw"], member => Assert.True(frame.TryGetProperty(member, out _), $"{type} has no {member}"));
    }
}
