using AltSendme.Quic.Driver;

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
}
