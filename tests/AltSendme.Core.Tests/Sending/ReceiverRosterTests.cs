using AltSendme.Abstractions;
using AltSendme.Blobs.Stores;
using AltSendme.Core.Identity;
using AltSendme.Core.Previews;
using AltSendme.Core.Progress;
using AltSendme.Core.Sending;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sending;

public sealed class ReceiverRosterTests : IDisposable
{
    private readonly VirtualTime _time = new();
    private readonly MemoryNetwork _network = new();
    private readonly ReceiverRoster _roster;
    private readonly Share _share = new("name", default, 0, 0, new SharePreview("name", 1, 0), new ContentIndex([]), new InPlaceStore());

    public ReceiverRosterTests() => _roster = new ReceiverRoster(_time);

    public void Dispose() => _share.Dispose();

    [Fact]
    public void The_one_that_took_nothing_for_longest_makes_room_when_it_is_full()
    {
        var oldest = Receiver();
        Assert.True(_roster.TryAdd(oldest, out _));
        for (var i = 1; i < ReceiverRoster.MaxConnections; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(_roster.TryAdd(Receiver(), out _));
        }

        Assert.False(_roster.TryAdd(Receiver(), out _));
        _time.Advance(ReceiverRoster.IdleAfter);

        Assert.True(_roster.TryAdd(Receiver(), out var leaving));
        Assert.Same(oldest, leaving);
        Assert.Equal(ReceiverRoster.MaxConnections, _roster.All.Length);
    }

    [Fact]
    public void A_receiver_that_left_gives_its_place_back()
    {
        var receivers = Enumerable.Range(0, ReceiverRoster.MaxConnections).Select(_ => Receiver()).ToArray();
        foreach (var receiver in receivers)
            _roster.TryAdd(receiver, out _);
        _roster.Remove(receivers[5]);

        Assert.True(_roster.TryAdd(Receiver(), out var leaving));
        Assert.Null(leaving);
    }

    private ReceiverConnection Receiver()
    {
        using var key = EndpointKey.Generate();
        var connection = MemoryConnection.Between(_network, key.Id, key.Id, Alpn.Blobs).Accepted;
        return new ReceiverConnection(connection, 1, _share, new ServedContent(_share.Contents), _time, new Progress<TransferEvent>());
    }
}
