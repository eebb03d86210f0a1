using AltSendme.Abstractions;
using AltSendme.Core.Paths;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Paths;

public sealed class PathWatchTests
{
    [Fact(Timeout = 30_000)]
    public async Task Only_a_way_that_leads_elsewhere_is_told()
    {
        var (connection, _) = MemoryConnection.Between(new MemoryNetwork(), default, default, Alpn.Blobs);
        var relayed = new ConnectionPath(PathKind.Relayed, EndpointAddress.FromRelay(new Uri("https://relay.example/")));
        var direct = new ConnectionPath(PathKind.Direct, EndpointAddress.FromIp(System.Net.IPEndPoint.Parse("192.0.2.1:7")));
        var told = new List<ConnectionPath>();
        var watching = PathWatch.RunAsync(connection, connection.Path, told.Add, CancellationToken.None);

        connection.Move(relayed);
        connection.Move(relayed with { RoundTripTime = TimeSpan.FromMilliseconds(5) });
        connection.Move(direct);
        await connection.CloseAsync(CloseCode.None, "");
        await watching;

        Assert.Equal([relayed, direct], told);
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_gives_up_watching_is_let_go()
    {
        var (connection, _) = MemoryConnection.Between(new MemoryNetwork(), default, default, Alpn.Blobs);
        using var over = new CancellationTokenSource();
        var watching = PathWatch.RunAsync(connection, connection.Path, static _ => { }, over.Token);

        await over.CancelAsync();

        await watching;
        await connection.DisposeAsync();
    }
}
