using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AltSendme.Primitives.Cryptography;
using AltSendme.Quic;
using AltSendme.Quic.Driver;

namespace AltSendme.Bench.Commands;

/// <summary>1 GiB on one QUIC stream over loopback: both ends, each a process. The first part is not measured, so that the compiler, the congestion window and the MTU have settled.</summary>
internal static class QuicCommands
{
    private const long Measured = 1L << 30;
    private const long WarmUp = 256L << 20;
    private const int Piece = 128 << 10;

    internal static readonly byte[] Protocol = "bench"u8.ToArray();

    /// <summary>Takes one connection and reads its stream to the end.</summary>
    public static async Task<int> ServeAsync(int datagramSize)
    {
        await using var endpoint = QuicEndpoint.Bind(Options(datagramSize, seed: 1) with { ApplicationProtocols = [Protocol] });
        Print(new { type = "listening", port = endpoint.LocalEndPoint.Port });
        var connection = await endpoint.AcceptAsync();
        var stream = await connection.AcceptUnidirectionalStreamAsync();
        await ReadAsync(stream, WarmUp);
        var measurement = await Measurement.StartAsync(connection);
        await ReadAsync(stream, Measured);
        Print(await measurement.EndAsync("received"));
        await stream.Input.CompleteAsync();
        await connection.Closed;
        return 0;
    }

    /// <summary>Connects and writes the stream.</summary>
    public static async Task<int> SendAsync(int port, int datagramSize)
    {
        await using var endpoint = QuicEndpoint.Bind(Options(datagramSize, seed: 2));
        var connection = await endpoint.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), Options(datagramSize, seed: 1).PublicKey, Protocol);
        var stream = await connection.OpenUnidirectionalStreamAsync();
        var piece = new byte[Piece];
        await WriteAsync(stream, piece, WarmUp);
        var measurement = await Measurement.StartAsync(connection);
        await WriteAsync(stream, piece, Measured);
        await stream.Output.CompleteAsync();
        await stream.Sent;
        Print(await measurement.EndAsync("sent"));
        return 0;
    }

    private static async Task ReadAsync(QuicStream stream, long length)
    {
        for (var left = length; left > 0;)
        {
            var read = await stream.Input.ReadAsync();
            var taken = read.Buffer.Slice(0, Math.Min(left, read.Buffer.Length));
            left -= taken.Length;
            stream.Input.AdvanceTo(taken.End);
        }
    }

    private static async Task WriteAsync(QuicStream stream, byte[] piece, long length)
    {
        for (var sent = 0L; sent < length; sent += piece.Length)
            await stream.Output.WriteAsync(piece);
    }

    /// <summary>An endpoint on loopback whose identity follows from a seed.</summary>
    internal static QuicEndpointOptions Options(int datagramSize, byte seed)
    {
        var secret = new byte[Ed25519.SecretKeyLength];
        secret[0] = seed;
        var key = new byte[Ed25519.PublicKeyLength];
        Ed25519.DerivePublicKey(secret, key);
        var signing = new Ed25519Key(secret);
        return new QuicEndpointOptions
        {
            LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            PublicKey = key,
            Sign = signing.Sign,
            Connection = new ConnectionOptions { MaxDatagramSize = datagramSize },
        };
    }

    private static void Print(object happened) => Console.WriteLine(JsonSerializer.Serialize(happened));

    private sealed class Measurement
    {
        private readonly QuicConnection _connection;
        private readonly ConnectionStatistics _before;
        private readonly TimeSpan _processorBefore = Process.GetCurrentProcess().TotalProcessorTime;
        private readonly long _allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        private readonly Stopwatch _clock = Stopwatch.StartNew();

        private Measurement(QuicConnection connection, ConnectionStatistics before)
        {
            _connection = connection;
            _before = before;
        }

        public static async Task<Measurement> StartAsync(QuicConnection connection) => new(connection, await connection.GetStatisticsAsync());

        public async Task<object> EndAsync(string type)
        {
            var elapsed = _clock.Elapsed;
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - _allocatedBefore;
            var processor = Process.GetCurrentProcess().TotalProcessorTime - _processorBefore;
            var after = await _connection.GetStatisticsAsync();
            var packets = after.PacketsSent - _before.PacketsSent + after.PacketsReceived - _before.PacketsReceived;
            return new
            {
                type,
                milliseconds = elapsed.TotalMilliseconds,
                processorMilliseconds = processor.TotalMilliseconds,
                allocated,
                packets,
                lost = after.PacketsLost - _before.PacketsLost,
                datagram = after.DatagramSize,
                roundTripMicroseconds = after.RoundTrip.TotalMicroseconds,
                window = after.CongestionWindow,
            };
        }
    }
}
