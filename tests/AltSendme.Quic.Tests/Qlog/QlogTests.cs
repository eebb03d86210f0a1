using System.Buffers;
using System.Text.Json;
using AltSendme.Quic.Qlog;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Tests.Simulated;

namespace AltSendme.Quic.Tests.Qlog;

/// <summary>What a log reader gets to see.</summary>
public sealed class QlogTests
{
    [Fact]
    public void A_log_is_a_sequence_of_JSON_records_that_tells_the_connections_story()
    {
        var output = new ArrayBufferWriter<byte>();
        var options = new ConnectionOptions { Observe = (side, id, now) => new QlogWriter(output, side, id.ToString(), now) };
        using (var pair = new ConnectedPair(5, client: options, conditions: new LinkConditions { Loss = 0.05 }))
        {
            pair.Client.Send(Pattern.Bytes(200_000));
            pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));
            pair.Client.Core.Close(3, "read \"all\"", pair.Network.Now);
        }

        var records = System.Text.Encoding.UTF8.GetString(output.WrittenSpan).Split('\u001e', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(records, static record => Assert.EndsWith("\n", record, StringComparison.Ordinal));
        var parsed = records.Select(static record => JsonDocument.Parse(record).RootElement).ToArray();
        Assert.Equal("client", parsed[0].GetProperty("trace").GetProperty("vantage_point").GetProperty("type").GetString());
        var events = parsed.Skip(1).ToLookup(static record => record.GetProperty("name").GetString());
        Assert.All(
            (string[])["quic:packet_sent", "quic:packet_received", "quic:packet_lost", "quic:recovery_metrics_updated", "quic:connection_closed"],
            name => Assert.NotEmpty(events[name]));
        Assert.Equal("read \"all\"", events["quic:connection_closed"].Single().GetProperty("data").GetProperty("reason").GetString());
    }
}
