using System.Net;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Dialing;
using AltSendme.Plugins.Testing;

namespace AltSendme.DirectConnections.Tests.Dialing;

public sealed class CandidateQueueTests
{
    [Fact]
    public void Addresses_are_tried_once_and_families_take_turns()
    {
        var queue = new CandidateQueue(new AddressForm(EndpointAddress.IpScheme, "TLS"));
        foreach (var text in new[] { "1.1.1.1:1", "2.2.2.2:1", "1.1.1.1:1", "3.3.3.3:1", "[2001:db8::1]:1", "[2001:db8::2]:1" })
            queue.Add(Candidates.At(IPEndPoint.Parse(text)));

        var order = new List<string>();
        while (!queue.IsEmpty)
            order.Add(queue.Take().ToString());

        Assert.Equal(["[2001:db8::1]:1", "1.1.1.1:1", "[2001:db8::2]:1", "2.2.2.2:1", "3.3.3.3:1"], order);
    }

    [Fact]
    public void A_flood_of_candidates_is_cut()
    {
        var queue = new CandidateQueue(new AddressForm(EndpointAddress.IpScheme, "TLS"));
        for (var port = 1; port < 1000; port++)
            queue.Add(Candidates.At(new IPEndPoint(IPAddress.Loopback, port)));

        var count = 0;
        for (; !queue.IsEmpty; count++)
            queue.Take();

        Assert.Equal(DialLimits.MaxDialledAddresses, count);
    }
}
