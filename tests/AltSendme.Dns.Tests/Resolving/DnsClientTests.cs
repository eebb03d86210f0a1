using AltSendme.Discovery.Testing;
using AltSendme.TestKit;

namespace AltSendme.Dns.Tests.Resolving;

public sealed class DnsClientTests : IAsyncDisposable
{
    private static readonly DnsName Name = DnsName.Parse("_iroh.peer.example");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly TestDnsServer _server = TestDnsServer.Start();
    private readonly TestDnsServer _second = TestDnsServer.Start();

    public DnsClientTests()
    {
        _server.SetTexts(Name, 30, "relay=https://relay.example/");
        _second.SetTexts(Name, 60, "relay=https://second.example/");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_record_is_found_by_one_datagram_each_way()
    {
        var answer = await AskAsync(Name);

        Assert.Equal("relay=https://relay.example/", Text(answer));
        Assert.Equal(TimeSpan.FromSeconds(30), answer.TimeToLive);
        Assert.Equal((1, 0), (_server.DatagramRequests, _server.StreamRequests));
        Assert.Equal(DnsExchange.PayloadSize, (int)Assert.Single(Assert.Single(_server.Requests).Additionals).Class);
    }

    [Theory]
    [InlineData(DnsServerFault.WrongId)]
    [InlineData(DnsServerFault.WrongQuestion)]
    [InlineData(DnsServerFault.Echo)]
    [InlineData(DnsServerFault.Garbage)]
    public async Task What_does_not_answer_the_question_is_passed_over(DnsServerFault fault)
    {
        _server.Script(fault);

        Assert.Equal("relay=https://relay.example/", Text(await AskAsync(Name)));
        Assert.Equal((1, 0), (_server.DatagramRequests, _server.StreamRequests));
    }

    [Theory]
    [InlineData(DnsServerFault.Truncated)]
    [InlineData(DnsServerFault.Cut)]
    [InlineData(DnsServerFault.Flood)]
    public async Task What_does_not_fit_or_can_not_be_trusted_is_asked_again_by_TCP(DnsServerFault fault)
    {
        _server.Script(fault);

        Assert.Equal("relay=https://relay.example/", Text(await AskAsync(Name)));
        Assert.Equal((1, 1), (_server.DatagramRequests, _server.StreamRequests));
    }

    [Fact]
    public async Task A_hundred_answers_arrive_by_TCP()
    {
        _server.SetTexts(Name, 30, Enumerable.Range(0, 100).Select(static i => $"addr=192.0.2.{i}:4433"));

        Assert.Equal(100, (await AskAsync(Name)).Records.Count);
        Assert.Equal(1, _server.StreamRequests);
    }

    [Theory]
    [InlineData(DnsServerFault.Silent)]
    [InlineData(DnsServerFault.LoopingName)]
    [InlineData(DnsServerFault.FromOtherPort)]
    [InlineData(DnsServerFault.ServerFailure)]
    [InlineData(DnsServerFault.Refused)]
    public async Task The_next_server_is_asked_when_one_does_not_answer(DnsServerFault fault)
    {
        _server.Script(fault, fault);

        var answer = await AskAsync(Name, new DnsClientOptions { Servers = [_server.EndPoint, _second.EndPoint], AttemptTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal("relay=https://second.example/", Text(answer));
    }

    [Fact]
    public async Task A_lost_datagram_is_sent_again()
    {
        _server.Script(DnsServerFault.Silent);

        var answer = await AskAsync(Name, new DnsClientOptions { Servers = [_server.EndPoint], AttemptTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal("relay=https://relay.example/", Text(answer));
        Assert.Equal(2, _server.DatagramRequests);
    }

    [Fact]
    public async Task A_server_without_extensions_is_asked_without_them()
    {
        _server.Script(DnsServerFault.FormatError);

        Assert.Equal("relay=https://relay.example/", Text(await AskAsync(Name)));
        Assert.Empty(_server.Requests.Last().Additionals);
    }

    [Fact]
    public async Task Ids_and_ports_differ_from_question_to_question()
    {
        for (var i = 0; i < 8; i++)
            await AskAsync(Name);

        Assert.True(_server.Requests.Select(static request => request.Id).Distinct().Count() > 4);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_an_answer_that_holds_as_long_as_the_zone_says()
    {
        Assert.Equal(TimeSpan.Zero, (await AskAsync(DnsName.Parse("other.example"))).TimeToLive);
        _server.Authority = new DnsRecord(DnsName.Parse("example"), DnsType.Soa, 100, new DnsAuthorityData(DnsName.Root, DnsName.Root, 1, 2, 3, 4, 50));

        var answer = await AskAsync(DnsName.Parse("other.example"));

        Assert.Empty(answer.Records);
        Assert.Equal(TimeSpan.FromSeconds(50), answer.TimeToLive);
    }

    [Fact]
    public async Task A_TCP_server_that_hangs_up_is_named_with_what_it_did()
    {
        await using var server = TestDnsServer.Start(refusesTcp: true);
        server.Script(DnsServerFault.Truncated, DnsServerFault.Truncated);

        var exception = await Assert.ThrowsAsync<DnsLookupException>(() => AskAsync(Name, new DnsClientOptions { Servers = [server.EndPoint] }));

        Assert.Contains(server.EndPoint.ToString(), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_and_a_failing_server_are_named_with_their_reasons()
    {
        await _second.DisposeAsync();
        _server.Script(DnsServerFault.ServerFailure, DnsServerFault.ServerFailure);

        var exception = await Assert.ThrowsAsync<DnsLookupException>(() => AskAsync(Name, new DnsClientOptions { Servers = [_server.EndPoint, _second.EndPoint] }));

        Assert.Contains($"{_server.EndPoint}: it answered ServerFailure", exception.Message, StringComparison.Ordinal);
        Assert.Contains(_second.EndPoint.ToString(), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lookup_without_servers_says_so() =>
        Assert.Contains("no DNS server", (await Assert.ThrowsAsync<DnsLookupException>(() => AskAsync(Name, new DnsClientOptions { Servers = [] }))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_silent_server_ends_the_lookup_when_its_time_is_over()
    {
        _server.Script(Enumerable.Repeat(DnsServerFault.Silent, 100));
        var time = new VirtualTime();

        var lookup = new DnsClient(new DnsClientOptions { Servers = [_server.EndPoint] }, time).QueryAsync(Name, DnsType.Txt);
        while (!lookup.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Contains("in time", (await Assert.ThrowsAsync<DnsLookupException>(() => lookup)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_a_lookup()
    {
        _server.Script(DnsServerFault.Silent);
        using var cancelled = new CancellationTokenSource();
        var lookup = new DnsClient(new DnsClientOptions { Servers = [_server.EndPoint] }, new VirtualTime()).QueryAsync(Name, DnsType.Txt, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookup);
    }

    private Task<DnsAnswer> AskAsync(DnsName name, DnsClientOptions? options = null) =>
        new DnsClient(options ?? new DnsClientOptions { Servers = [_server.EndPoint] }, TimeProvider.System).QueryAsync(name, DnsType.Txt).WaitAsync(Deadline);

    private static string? Text(DnsAnswer answer) => ((DnsTextData)Assert.Single(answer.Records).Data).TryGetText(out var text) ? text : null;
}
