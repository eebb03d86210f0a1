using System.Net;
using System.Net.Sockets;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Tests.Driver;

/// <summary>What platforms without the Linux calls use, tested on every platform.</summary>
public class PortablePathTests
{
    [Fact]
    public async Task Bytes_pass_both_ways_over_plain_sockets()
    {
        await using var pair = Pair.Bind(bind: options => QuicEndpoint.Over(options, new PortableUdpPath(UdpPath.Open(options.LocalEndPoint))));
        var (client, server) = await pair.ConnectAsync();

        var stream = await client.OpenBidirectionalStreamAsync(pair.Deadline);
        var writing = StreamContent.WriteAsync(stream, 4 << 20, pair.Deadline);
        var echoing = StreamContent.EchoAsync(await server.AcceptBidirectionalStreamAsync(pair.Deadline), pair.Deadline);

        Assert.Equal(4 << 20, await StreamContent.ReadAsync(stream, pair.Deadline));
        await Task.WhenAll(writing, echoing);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::", "127.0.0.1")]
    [InlineData("::1", "::1")]
    public void A_receiver_sees_the_address_that_a_datagram_was_sent_from(string bound, string reached)
    {
        if (!Socket.OSSupportsIPv6 && bound.Contains(':'))
            return;
        using var left = new PortableUdpPath(UdpPath.Open(new IPEndPoint(IPAddress.Parse(bound), 0)));
        using var right = new PortableUdpPath(UdpPath.Open(new IPEndPoint(IPAddress.Parse(bound), 0)));
        var batch = new DatagramBatch(1);
        var toRight = new NetworkPath(default, NetworkAddress.From(IPAddress.Parse(reached), right.Local.Port));

        left.Send(new Transmit(toRight, 3, 3, Ecn.NotCapable), [1, 2, 3]);
        Await(right, batch);

        Assert.Equal([1, 2, 3], batch.Bytes(0).ToArray());
        Assert.Equal(NetworkAddress.From(IPAddress.Parse(reached), left.Local.Port), batch[0].Path.Remote);
    }

    [Fact]
    public void Sending_allocates_nothing()
    {
        using var path = new PortableUdpPath(UdpPath.Open(new IPEndPoint(IPAddress.Loopback, 0)));
        var transmit = new Transmit(new NetworkPath(default, path.Local), 6, 3, Ecn.NotCapable);
        ReadOnlySpan<byte> datagrams = [1, 2, 3, 4, 5, 6];
        path.Send(transmit, datagrams);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            path.Send(transmit, datagrams);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Await(PortableUdpPath path, DatagramBatch batch)
    {
        for (var tries = 0; tries < 100 && batch.Count == 0; tries++)
        {
            path.Wait(TimeSpan.FromSeconds(1), forSending: false);
            path.Receive(batch);
        }
    }
}
