using AltSendme.Service.Analytics;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AltSendme.Service.Tests.Analytics;

public sealed class TransferCounterTests
{
    [Fact]
    public async Task What_is_sent_is_this_and_nothing_else()
    {
        await using var site = new CountingSite();
        await using var service = await StartAsync(site.Url);

        await TransferAsync(service, new byte[2_500_000]);
        var requests = new[] { await site.NextAsync(service.Token), await site.NextAsync(service.Token) };

        var host = new Uri(site.Url).Authority;
        Assert.Equal(
            [$"GET /count?p=/transfer/received/1-10MB&e=true HTTP/1.1\r\nHost: {host}\r\nUser-Agent: AltSendme\r\n\r\n", $"GET /count?p=/transfer/sent/1-10MB&e=true HTTP/1.1\r\nHost: {host}\r\nUser-Agent: AltSendme\r\n\r\n"],
            requests.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_sent_unless_it_was_switched_on()
    {
        await using var site = new CountingSite();
        await using var service = await StartAsync(site.Url, isEnabled: false);

        await TransferAsync(service, new byte[100]);
        await service.StopAsync();

        Assert.Equal(0, site.Count);
    }

    [Fact]
    public async Task A_site_that_fails_is_not_asked_again_and_disturbs_nobody()
    {
        await using var site = new CountingSite("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        await using var service = await StartAsync(site.Url);

        await TransferAsync(service, new byte[100]);
        await site.NextAsync(service.Token);
        await site.NextAsync(service.Token);
        await TransferAsync(service, new byte[200], "second.bin");
        await site.NextAsync(service.Token);
        await site.NextAsync(service.Token);

        Assert.Equal(4, site.Count);
    }

    [Fact]
    public async Task What_finished_before_a_restart_is_not_counted_again()
    {
        await using var site = new CountingSite();
        await using var service = await StartAsync(site.Url);
        await TransferAsync(service, new byte[100]);
        await site.NextAsync(service.Token);
        await site.NextAsync(service.Token);

        await service.RestartAsync();
        await TransferAsync(service, new byte[200], "second.bin");
        await site.NextAsync(service.Token);
        await site.NextAsync(service.Token);
        await service.StopAsync();

        Assert.Equal(4, site.Count);
    }

    [Fact]
    public async Task Policy_can_say_no()
    {
        await using var site = new CountingSite();
        await using var service = await StartAsync(site.Url, policy: """{"Analytics":{"Allowed":false}}""");

        await TransferAsync(service, new byte[100]);
        await service.StopAsync();

        Assert.Equal(0, site.Count);
    }

    [Theory]
    [InlineData("DNT", "1", false)]
    [InlineData("DO_NOT_TRACK", "1", false)]
    [InlineData("DO_NOT_TRACK", "true", false)]
    [InlineData("DO_NOT_TRACK", "0", true)]
    [InlineData("DO_NOT_TRACK", "", true)]
    [InlineData("DO_NOT_TRACK", "false", true)]
    [InlineData("OTHER", "1", true)]
    public async Task The_environment_can_say_no(string name, string value, bool isAllowed)
    {
        await using var service = await StartAsync("https://count.example/");
        var core = service.Host.Services.GetRequiredService<LiveCore>().Current;

        Assert.Equal(isAllowed, CountConsent.Site(core, asked => asked == name ? value : null) is not null);
    }

    [Theory]
    [InlineData(0, "0-1MB")]
    [InlineData(999_999, "0-1MB")]
    [InlineData(1_000_000, "1-10MB")]
    [InlineData(99_999_999, "10-100MB")]
    [InlineData(100_000_000, "100MB-1GB")]
    [InlineData(1_000_000_000, "1-10GB")]
    [InlineData(long.MaxValue, "10GB-")]
    public void Sizes_are_told_coarsely(long bytes, string size) => Assert.Equal(size, SizeClass.Of(bytes));

    private static async Task<ServiceHarness> StartAsync(string site, bool isEnabled = true, string? policy = null)
    {
        var service = new ServiceHarness { Policy = policy };
        await File.WriteAllTextAsync(service.Files.User, $$"""{ "Analytics": { "Enabled": {{(isEnabled ? "true" : "false")}}, "Site": "{{site}}" } }""");
        await service.StartAsync();
        return service;
    }

    private static async Task TransferAsync(ServiceHarness service, byte[] content, string name = "first.bin")
    {
        var share = await service.ShareAsync(name, content);
        var receive = await service.OrderAsync(share.Ticket!);
        await service.UntilAsync(receive.Id, static view => view.State == ReceiveState.Completed);
        await service.UntilShareAsync(share.Id, static view => view.State == ShareState.Ended);
    }
}
