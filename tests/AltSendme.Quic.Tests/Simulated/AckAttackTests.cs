using AltSendme.Quic.Frames;
using AltSendme.Quic.Recovery;
using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Peers that lie about what arrived, or say nothing at all.</summary>
public sealed class AckAttackTests
{
    [Theory, MemberData(nameof(Seeds.Many), MemberType = typeof(Seeds))]
    public void A_peer_that_acknowledges_ahead_of_what_it_got_is_found_out_before_it_gains_much(ulong seed)
    {
        using var pair = new ConnectedPair(seed, conditions: new LinkConditions { BitsPerSecond = 20e6, Delay = TimeSpan.FromMilliseconds(20), QueueBytes = 50_000 });
        pair.Server.EndlessChunk = 16384;
        pair.Server.Send([0]);
        var forger = NewForger(pair);
        var victim = pair.Server.Core;

        // Everything that was sent is acknowledged at once, whether it arrived or is still on its way.
        while (victim.CloseReason is null && victim.Statistics.PacketsSent < 5000)
        {
            pair.Network.RunFor(TimeSpan.FromMilliseconds(1));
            var newest = victim.Path.Space.Sent.Next - 1;
            forger.Send((ref w) => AckFrame.TryWrite(ref w, [new NumberRange(0, newest + 1)], 0, null, 1));
        }

        Assert.Equal(((ulong)TransportErrorCode.ProtocolViolation, FrameType.Ack), (victim.CloseReason!.Code, victim.CloseReason.FrameType));
        Assert.InRange(victim.Statistics.PacketsSent, 1UL, (2 * Limits.SkipInterval) + 500);
    }

    [Fact]
    public void A_skipped_number_stays_a_trap_after_packets_around_it_were_acknowledged()
    {
        using var pair = new ConnectedPair(2);
        pair.Server.EndlessChunk = 16384;
        pair.Server.Send([0]);
        var space = pair.Server.Core.Path.Space;
        ulong? skipped = null;
        pair.RunUntil(() =>
        {
            for (var number = space.Sent.First; number < space.Sent.Next; number++)
            {
                if (space.Sent[number].State == SentPacketState.Skipped)
                    skipped = number;
            }

            return skipped is not null;
        });

        NewForger(pair).Send((ref w) => AckFrame.TryWrite(ref w, [new NumberRange(skipped!.Value - 1, skipped.Value + 1)], 0, null, 1));

        Assert.Equal((ulong)TransportErrorCode.ProtocolViolation, pair.Server.Core.CloseReason?.Code);
    }

    [Fact]
    public void A_peer_that_goes_on_asking_but_acknowledges_nothing_ends_the_connection()
    {
        var options = new ConnectionOptions { DiscoverMtu = false };
        using var pair = new ConnectedPair(1, options, options);
        pair.Network.RunFor(TimeSpan.FromSeconds(1));
        var victim = pair.Server.Core;
        var forger = NewForger(pair);
        var buffer = new byte[1 << 16];
        forger.Send(static (ref w) => new AckFrequencyFrame(0, 0, 25_000, 0).Write(ref w));

        var asked = 0UL;
        while (victim.CloseReason is null && asked++ < 2 * Limits.UnsettledPackets)
        {
            forger.Send(static (ref w) => w.WriteByte((byte)FrameType.Ping));
            while (victim.TryTransmit(buffer, pair.Network.Now, out _))
            {
            }
        }

        Assert.Equal((ulong)TransportErrorCode.InternalError, victim.CloseReason?.Code);
        Assert.InRange(victim.Path.Space.Sent.Next, 1UL, Limits.UnsettledPackets + 1000);
    }

    private static Forger NewForger(ConnectedPair pair) => new(pair.Network, pair.ServerHost, pair.Server.Core, pair.Client.Core) { From = pair.ClientHost.Address };
}
