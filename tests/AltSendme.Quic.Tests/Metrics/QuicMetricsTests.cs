using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Metrics;
using AltSendme.Quic.Tests.Driver;
using StreamContent = AltSendme.Quic.Tests.Driver.StreamContent;

namespace AltSendme.Quic.Tests.Metrics;

/// <summary>What a listener of the meter sees. Other tests of this process count as well, so counts are compared with those before.</summary>
public sealed class QuicMetricsTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _values = new();
    private readonly ConcurrentDictionary<string, string> _instruments = new();
    private readonly ConcurrentQueue<double> _roundTrips = new();

    public QuicMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != QuicMetrics.MeterName)
                return;
            _instruments[instrument.Name] = instrument.Description ?? "";
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _values[instrument.Name + string.Concat(tags.ToArray().Select(static tag => $"/{tag.Value}"))] = value);
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => _roundTrips.Enqueue(value));
    }

    [Fact]
    public async Task A_connection_leaves_its_traces_in_the_counters()
    {
        await using var pair = Pair.Bind(server: static options => options with { MaxUnprovenHandshakes = 0 });
        Listen();
        var before = new Dictionary<string, long>(_values);

        var (client, server) = await pair.ConnectAsync();
        var stream = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
        var writing = StreamContent.WriteAsync(stream, 2 << 20, pair.Deadline);
        await StreamContent.ReadAsync(await server.AcceptUnidirectionalStreamAsync(pair.Deadline), pair.Deadline);
        await writing;
        await Assert.ThrowsAsync<QuicConnectionException>(() => pair.Client.ConnectAsync(pair.Server.LocalEndPoint, new byte[32], Pair.Protocol, pair.Deadline));
        await client.CloseAsync(0);
        await server.Closed;
        await pair.Client.DisposeAsync();
        await pair.Server.DisposeAsync();
        _listener.RecordObservableInstruments();

        (string Name, long AtLeast)[] expected =
        [
            ("quic.packets/sent", 100), ("quic.packets/received", 100), ("quic.bytes/sent", 2 << 20), ("quic.bytes/received", 2 << 20), ("quic.handshakes/ok", 2), ("quic.handshakes/failed", 1), ("quic.retries", 2),
        ];
        Assert.All(
            expected,
            one => Assert.True(_values[one.Name] - before[one.Name] >= one.AtLeast, $"{one.Name}: {_values[one.Name] - before[one.Name]}"));
        Assert.True(_roundTrips.Count >= 2);
        Assert.All(_roundTrips, static value => Assert.InRange(value, 0, 60));
    }

    [Fact]
    public async Task Datagrams_that_nobody_gets_are_counted_by_reason()
    {
        await using var pair = Pair.Bind(server: static options => options with { DecideIncoming = static _ => QuicIncomingDecision.Ignore }, options: new ConnectionOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(200) });
        Listen();
        var before = new Dictionary<string, long>(_values);

        await Assert.ThrowsAsync<QuicConnectionException>(pair.ConnectAsync);
        _listener.RecordObservableInstruments();

        Assert.True(_values["quic.datagrams.dropped/ignored"] > before["quic.datagrams.dropped/ignored"]);
        Assert.All((string[])["malformed", "too_small", "unknown_connection", "not_listening"], reason => Assert.Contains($"quic.datagrams.dropped/{reason}", _values.Keys));
    }

    [Fact]
    public async Task Every_instrument_is_described_and_stands_in_the_README()
    {
        await using var pair = Pair.Bind();
        Listen();

        var readme = await File.ReadAllTextAsync(Repository.PathOf("plugins/transports/AltSendme.Quic/README.md"));
        Assert.NotEmpty(_instruments);
        Assert.All(_instruments, one => Assert.True(one.Value.Length > 0 && readme.Contains($"`{one.Key}`", StringComparison.Ordinal), one.Key));
    }

    public void Dispose() => _listener.Dispose();

    private void Listen()
    {
        _listener.Start();
        _listener.RecordObservableInstruments();
    }
}
