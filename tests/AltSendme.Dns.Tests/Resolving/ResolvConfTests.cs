using System.Net;

namespace AltSendme.Dns.Tests.Resolving;

public sealed class ResolvConfTests
{
    [Fact]
    public void Servers_stand_in_lines_of_their_own()
    {
        var servers = ResolvConf.Parse("# nameserver 10.0.0.1\n;nameserver 10.0.0.2\nsearch example.com\nnameserver 192.0.2.1\r\n nameserver\t2001:db8::1 # why\nnameserver\nnameserver nonsense\nnameserver 192.0.2.1\noptions edns0\n");

        Assert.Equal([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")], servers);
    }

    [Fact]
    public void A_link_local_server_keeps_its_interface() => Assert.Equal(7, Assert.Single(ResolvConf.Parse("nameserver fe80::1%7")).ScopeId);

    [Fact]
    public void More_servers_than_anybody_asks_are_left_out() =>
        Assert.Equal(DnsClientOptions.MaxServers, ResolvConf.Parse(string.Concat(Enumerable.Range(1, 100).Select(static i => $"nameserver 192.0.2.{i}\n"))).Count);

    [Fact]
    public void The_system_always_names_a_server() => Assert.All(SystemDnsServers.Read(), static server => Assert.Equal(SystemDnsServers.Port, server.Port));
}
