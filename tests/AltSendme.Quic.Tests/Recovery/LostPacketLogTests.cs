using AltSendme.Quic.Recovery;
using AltSendme.Quic.Spaces;
using Path = AltSendme.Quic.Paths.Path;

namespace AltSendme.Quic.Tests.Recovery;

/// <summary>What is remembered of lost packets, and for how long.</summary>
public sealed class LostPacketLogTests
{
    private static readonly Instant Start = new(5_000_000);

    private readonly LostPacketLog _log = new();
    private readonly Path _path = new(default, new PacketNumberSpace(Crypto.EncryptionLevel.Application), new ConnectionOptions(), isValidated: true);

    [Fact]
    public void A_lost_packet_is_found_once_when_it_is_acknowledged()
    {
        Add(3, 7, 9, 20);

        Assert.True(_log.TryTake(new NumberRange(5, 10), out var late));
        Assert.Equal(7UL, late.Number);
        Assert.True(_log.TryTake(new NumberRange(5, 10), out late));
        Assert.Equal(9UL, late.Number);
        Assert.False(_log.TryTake(new NumberRange(5, 10), out _));
        Assert.Equal(3UL, _log.First);
    }

    [Fact]
    public void A_packet_that_was_lost_long_ago_is_forgotten()
    {
        Add(3);

        _log.Expire(Start + _path.LateArrivalWindow);

        Assert.True(_log.IsEmpty);
    }

    [Fact]
    public void However_many_packets_are_lost_the_memory_is_bounded_and_the_newest_are_kept()
    {
        for (var number = 0UL; number < 100_000; number++)
            Add(number);

        var kept = 0;
        while (_log.TryTake(new NumberRange(0, 100_000), out _))
            kept++;
        Assert.InRange(kept, Limits.RememberedLosses / 2, Limits.RememberedLosses);
        Assert.False(_log.TryTake(new NumberRange(0, 100_000), out _));
    }

    private void Add(params ulong[] numbers)
    {
        foreach (var number in numbers)
            _log.Add(number, new SentPacket { Time = Start, Path = _path }, Start);
    }
}
