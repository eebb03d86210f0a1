using System.Net;
using System.Text.RegularExpressions;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Web;
using AltSendme.Service.Web.Sessions;
using AltSendme.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace AltSendme.Service.Tests.Web;

public sealed class EntranceTests
{
    [Fact]
    public async Task A_browser_that_opens_the_file_is_led_to_its_window_and_knows_what_it_is_for()
    {
        await using var service = await ServiceHarness.StartAsync();
        var window = await service.Client.OpenWindowAsync(new WindowOrder { Page = WindowPage.Receive, Ticket = "blobabc" }, service.Token);
        using var browser = new BrowserStand(window.Origin);

        using var entered = await browser.EnterAsync(BrowserStand.Secret(window));
        var page = await entered.Content.ReadAsStringAsync(service.Token);
        var target = Regex.Match(page, "/receive[?]w=[0-9a-f]{10}").Value;
        using var receive = await browser.GetAsync(target);
        var opened = await BrowserStand.JsonAsync(await browser.GetAsync("/api/web/windows/" + target.Split("w=")[1]));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (entered.StatusCode, receive.StatusCode));
        Assert.DoesNotContain("blobabc", page, StringComparison.Ordinal);
        Assert.Equal("blobabc", opened.GetProperty("ticket").GetString());
        Assert.False(File.Exists(window.Door));
    }

    [Fact]
    public async Task The_file_is_for_this_user_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var service = await ServiceHarness.StartAsync();

        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(window.Door));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(window.Door)!));
    }

    [Fact]
    public async Task A_secret_works_once()
    {
        await using var service = await ServiceHarness.StartAsync();
        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);
        var secret = BrowserStand.Secret(window);
        using var first = new BrowserStand(window.Origin);
        using var second = new BrowserStand(window.Origin);

        using var entered = await first.EnterAsync(secret);
        using var refused = await second.EnterAsync(secret);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (entered.StatusCode, refused.StatusCode));
        Assert.Equal((401, ServiceCodes.NoSession), await BrowserStand.ErrorAsync(await second.GetAsync("/api/v1/shares")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("not base64!")]
    [InlineData("\u0000")]
    public async Task A_wrong_secret_lets_nobody_in(string secret)
    {
        await using var service = await ServiceHarness.StartAsync();
        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);
        using var browser = new BrowserStand(window.Origin);

        using var refused = await browser.EnterAsync(secret);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Set-Cookie"));
        Assert.True(File.Exists(window.Door));
    }

    [Fact]
    public async Task A_secret_that_is_too_old_lets_nobody_in_and_its_file_is_gone()
    {
        var clock = new VirtualTime();
        await using var service = await ServiceHarness.StartAsync(clock: clock);
        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);
        var secret = BrowserStand.Secret(window);
        using var browser = new BrowserStand(window.Origin);

        clock.Advance(DoorBook.Lifetime + TimeSpan.FromSeconds(1));
        using var refused = await browser.EnterAsync(secret);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(File.Exists(window.Door));
    }

    [Fact]
    public async Task Guessing_ends_soon_and_does_not_keep_the_right_secret_out()
    {
        await using var service = await ServiceHarness.StartAsync(clock: new VirtualTime());
        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);
        using var guesser = new BrowserStand(window.Origin);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 100; i++)
        {
            using var refused = await guesser.EnterAsync("AAAA");
            statuses.Add(refused.StatusCode);
        }

        using var browser = new BrowserStand(window.Origin);
        using var entered = await browser.EnterAsync(BrowserStand.Secret(window));

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
    }

    [Fact]
    public async Task Nothing_listens_before_a_window_is_wanted_nor_long_after()
    {
        var clock = new VirtualTime();
        await using var service = await ServiceHarness.StartAsync(clock: clock);
        var origin = service.Host.Services.GetRequiredService<LoopbackOrigin>();
        Assert.Null(origin.Host);

        using (var browser = await BrowserStand.OpenAsync(service))
            Assert.Equal(browser.Port, origin.Host?.Port);
        await origin.EndUnusedAsync(service.Token);
        Assert.NotNull(origin.Host);
        clock.Advance(LoopbackOrigin.UnusedLimit + TimeSpan.FromSeconds(1));
        await origin.EndUnusedAsync(service.Token);

        Assert.Null(origin.Host);
        using var again = await BrowserStand.OpenAsync(service);
        using var page = await again.GetAsync("/share");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Files_that_nobody_opened_go_with_the_service()
    {
        await using var service = await ServiceHarness.StartAsync();
        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);

        await service.StopAsync();

        Assert.False(File.Exists(window.Door));
    }

    [Fact]
    public async Task Windows_that_wait_are_bounded()
    {
        await using var service = await ServiceHarness.StartAsync();
        for (var i = 0; i < DoorBook.MaxWaiting; i++)
            await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => service.Client.OpenWindowAsync(new WindowOrder(), service.Token));

        Assert.Equal(ServiceCodes.Busy, exception.Code);
    }

    [Fact]
    public async Task The_session_that_was_used_longest_ago_makes_room()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var first = await BrowserStand.OpenAsync(service);
        for (var i = 0; i < SessionBook.MaxSessions; i++)
            (await BrowserStand.OpenAsync(service)).Dispose();

        using var refused = await first.GetAsync("/api/v1/shares");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData("""{"page":"share","ticket":"blob"}""")]
    [InlineData("""{"page":"share","share":"../../x"}""")]
    [InlineData("""{"page":"everything"}""")]
    [InlineData("""{"folder":"relative"}""")]
    [InlineData("""{"folder":"/does/not/exist"}""")]
    public async Task An_order_that_makes_no_sense_opens_nothing(string order)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var http = SocketHttp.Open(service.Place.Address);

        using var response = await http.PostAsync("/v1/windows", new StringContent(order, null, "application/json"), service.Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
