using System.Net;

namespace AltSendme.IpPaths.Tests;

public sealed class LocalAddressesTests
{
    [Fact]
    public void Link_local_IPv6_is_left_out_and_loopback_is_the_last_resort()
    {
        IPEndPoint[] everything = [new(IPAddress.IPv6Any, 7), new(IPAddress.Any, 7)];
        IPAddress[] lonely = [IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Parse("fe80::1%2")];

        Assert.Equal(["[::1]:7", "127.0.0.1:7"], Report(everything, lonely));
        Assert.Equal(["[fd00::5]:7", "10.1.2.3:7"], Report(everything, [.. lonely, IPAddress.Parse("10.1.2.3"), IPAddress.Parse("fd00::5")]));
        Assert.Equal(["10.1.2.3:7"], Report([new(IPAddress.Any, 7)], [IPAddress.Parse("10.1.2.3"), IPAddress.Parse("fd00::5")]));
        Assert.Equal(["192.0.2.9:7"], Report([new(IPAddress.Parse("192.0.2.9"), 7)], [IPAddress.Parse("10.1.2.3")]));

        static IEnumerable<string> Report(IPEndPoint[] listening, IPAddress[] interfaces) => LocalAddresses.Report(listening, interfaces).Select(endPoint => endPoint.ToString());
    }

    [Fact]
    public async Task What_is_listened_on_is_reported_until_disposal()
    {
        using var report = new AddressReport(_ => Assert.Fail("The system lists its addresses."));
        Assert.Empty(report.Current);

        report.Start([new IPEndPoint(IPAddress.Any, 7)]);
        var first = default(IReadOnlyList<IPEndPoint>);
        await foreach (var addresses in report.WatchAsync())
        {
            first ??= addresses;
            report.Dispose();
        }

        Assert.NotEmpty(first!);
        Assert.All(first!, endPoint => Assert.Equal(7, endPoint.Port));
    }
}
