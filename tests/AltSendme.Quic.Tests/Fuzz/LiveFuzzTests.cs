using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Simulation.PlainCrypto;
using AltSendme.Quic.Streams;
using AltSendme.Quic.Tests.Simulated;
using AltSendme.Quic.Tests.Tls;
using Xunit.Abstractions;

namespace AltSendme.Quic.Tests.Fuzz;

/// <summary>Damage between two live ends, on both sides, from the first datagram on: nothing throws, and a connection goes on or ends with a reason.</summary>
public sealed class LiveFuzzTests(ITestOutputHelper output)
{
    // A live connection takes the time of many parsed inputs.
    private const int LiveShare = 40;
    private const int CopiesADatagram = 12;

    [Fact]
    public void Damaged_copies_of_datagrams_disturb_nobody()
    {
        var run = new FuzzRun(output);
        var (injected, misled, reset) = (0L, 0, 0);
        var endings = new HashSet<StatelessResetToken>();
        for (var round = 0; injected < FuzzRun.Iterations; round++)
        {
            var seed = (ulong)FuzzRun.Seed + (ulong)round;
            using var network = new SimulatedNetwork(seed);
            var server = network.AddHost(isServer: true);
            var client = network.AddHost(isServer: false);
            endings.Clear();
            network.Filter = (from, datagram) =>
            {
                var target = from == server ? client : server;
                for (var i = 0; i < CopiesADatagram; i++)
                {
                    var copy = new byte[1600];
                    var length = Mutation.Of(datagram.Span, datagram.Span, run.Random, copy);
                    if (target == client && length >= StatelessReset.MinLength)
                        endings.Add(new StatelessResetToken(copy.AsSpan(length - StatelessReset.TokenLength, StatelessReset.TokenLength)));
                    network.At(network.Now, () => target.OnDatagram(copy[..length], new NetworkPath(target.Address, from.Address), (Ecn)(length % 4)));
                    injected++;
                }

                return true;
            };
            var bytes = Pattern.Bytes(20_000, seed);

            var connection = client.Connect(server);
            connection.Send(bytes);
            network.RunUntil(
                () => connection.Core.CloseReason is not null || server.Connections.Any(static one => one.Received.Values.Any(static stream => stream.IsFinished)), ConnectedPair.Patience);

            // Version negotiation is the one thing that a client must believe without a proof (RFC 9000, section 6.2).
            if (connection.Core.CloseReason is { Kind: ConnectionCloseKind.VersionMismatch })
            {
                misled++;
                continue;
            }

            // So is a reset token. Real packets hide it until it is used; the stand-in for cryptography does not, and a copy that is cut right behind one is a reset.
            if (connection.Core is { CloseReason.Kind: ConnectionCloseKind.StatelessReset, PeerParameters.ResetToken: { } token } && endings.Contains(token))
            {
                reset++;
                continue;
            }

            Assert.Null(connection.Core.CloseReason);
            Assert.Equal(bytes, server.Connections.SelectMany(static one => one.Received.Values).Single(static stream => stream.IsFinished).Bytes);
        }

        run.Report(injected, $"damaged datagrams, {misled} clients were told of other versions, {reset} saw a token in the clear");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Damaged_frames_in_genuine_packets_end_a_connection_with_a_reason_or_do_no_harm(bool isServerEvil)
    {
        var run = new FuzzRun(output);
        var (damaged, rounds) = (0L, FuzzRun.Iterations / LiveShare / 4);
        var outcomes = new Dictionary<string, int>();
        var donor = Pattern.Bytes(64);
        for (var round = 0; round < rounds; round++)
        {
            var buffer = new byte[4096];
            var share = 1 + run.Random.Next(30);
            var evil = new TamperingProvider(frames =>
            {
                if (run.Random.Next(share) != 0)
                    return;
                damaged++;
                var length = Mutation.Of(frames, donor, run.Random, buffer);
                buffer.AsSpan(length, Math.Max(0, frames.Length - length)).Clear();
                buffer.AsSpan(0, frames.Length).CopyTo(frames);
            });
            using var network = new SimulatedNetwork((ulong)FuzzRun.Seed + (ulong)round);
            var server = network.AddHost(isServer: true, isServerEvil ? evil : null);
            var client = network.AddHost(isServer: false, isServerEvil ? null : evil);

            var connection = client.Connect(server);
            connection.Send(Pattern.Bytes(30_000), StreamDirection.Bidirectional);
            foreach (var _ in (ReadOnlySpan<int>)[1, 2, 3])
            {
                network.RunFor(TimeSpan.FromMilliseconds(100));
                foreach (var one in server.Connections)
                {
                    one.Send(Pattern.Bytes(3000));
                    one.Core.TrySendDatagram(Pattern.Bytes(100));
                    one.Core.UpdateKeys(network.Now);
                }
            }

            network.RunFor(TimeSpan.FromSeconds(20));
            var victim = isServerEvil ? connection : server.Connections.Count > 0 ? server.Connections[0] : null;
            var outcome = victim?.Core.CloseReason is { } reason ? $"{reason.Kind} {(TransportErrorCode)reason.Code}" : "goes on";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            Assert.True(victim?.Core.CloseReason is not { Kind: ConnectionCloseKind.LocalTransport, Code: 0 }, "A connection ended without a code.");
        }

        run.Report(damaged, $"damaged packets in {rounds} connections");
        foreach (var (outcome, count) in outcomes.OrderByDescending(static one => one.Value))
            output.WriteLine($"{count,8} {outcome}");
    }
}
