using AltSendme.Abstractions;
using AltSendme.Discovery.Pkarr.Resolving;

namespace AltSendme.Discovery.Pkarr.Tests;

public sealed class NewestPacketsTests
{
    private readonly NewestPackets _newest = new();

    [Fact]
    public void An_older_packet_is_refused_and_the_same_one_admitted_again()
    {
        Assert.True(_newest.TryAdmit(Id(1), 5));
        Assert.False(_newest.TryAdmit(Id(1), 4));
        Assert.True(_newest.TryAdmit(Id(1), 5));
        Assert.True(_newest.TryAdmit(Id(1), 6));
        Assert.False(_newest.TryAdmit(Id(1), 5));
        Assert.True(_newest.TryAdmit(Id(2), 1));
    }

    [Fact]
    public void Only_the_endpoint_that_was_not_asked_for_the_longest_is_forgotten()
    {
        for (var number = 0; number < NewestPackets.MaxEndpoints; number++)
            _newest.TryAdmit(Id(number), 5);
        _newest.TryAdmit(Id(0), 5);
        _newest.TryAdmit(Id(-1), 5);

        Assert.False(_newest.TryAdmit(Id(0), 4));
        Assert.True(_newest.TryAdmit(Id(1), 4));
    }

    private static EndpointId Id(int number)
    {
        var bytes = new byte[EndpointId.Length];
        BitConverter.TryWriteBytes(bytes, number);
        return new EndpointId(bytes);
    }
}
