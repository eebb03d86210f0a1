using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Hosting;
using AltSendme.TestKit;

namespace AltSendme.Service.Tests;

public sealed class LifeTests
{
    [Fact]
    public async Task Of_two_services_for_one_state_folder_the_second_gives_way()
    {
        await using var first = new ServiceHarness();
        using var place = await SingleInstance.TryTakeAsync(first.Place, TimeProvider.System, first.Token);
        await first.StartAsync();

        Assert.NotNull(place);
        Assert.Null(await SingleInstance.TryTakeAsync(first.Place, TimeProvider.System, first.Token));
    }

    [Fact]
    public async Task What_a_dead_service_left_of_its_socket_does_not_keep_the_next_one_out()
    {
        await using var service = new ServiceHarness();
        Directory.CreateDirectory(service.Place.Folder);
        await File.WriteAllTextAsync(service.Place.Address, "");
        await File.WriteAllTextAsync(service.Place.AddressFile, "/nowhere/service.sock");

        await service.StartAsync();

        Assert.Equal(Environment.ProcessId, (await service.Client.StatusAsync(service.Token)).ProcessId);
    }

    [Fact]
    public async Task An_idle_service_ends_and_a_busy_one_stays()
    {
        var clock = new VirtualTime();
        await using var service = await ServiceHarness.StartAsync(clock: clock);
        var ended = service.Host.RunToEndAsync();
        var share = await service.Client.CreateShareAsync(new ShareOrder { Text = "busy" }, service.Token);

        clock.Advance(TimeSpan.FromHours(1));
        Assert.False(ended.IsCompleted);
        await service.Client.StopShareAsync(share.Id, service.Token);
        clock.Advance(TimeSpan.FromHours(1));

        await ended.WaitAsync(service.Token);
        Assert.False(File.Exists(service.Place.AddressFile));
    }

    [Fact]
    public async Task A_client_can_end_it()
    {
        await using var service = await ServiceHarness.StartAsync();
        var ended = service.Host.RunToEndAsync();

        await service.Client.StopServiceAsync(service.Token);

        await ended.WaitAsync(service.Token);
        var exception = await Assert.ThrowsAsync<ServiceException>(() => service.Client.StatusAsync(service.Token));
        Assert.Equal(ServiceCodes.NotRunning, exception.Code);
    }

    [Fact]
    public async Task Changed_settings_hold_for_what_begins_afterwards_and_bad_ones_are_reported()
    {
        await using var service = await ServiceHarness.StartAsync();

        await File.WriteAllTextAsync(service.Files.User, """{ "Service": { "IdleExit": "01:00:00" } }""");
        Assert.Equal(3600, (await service.Client.StatusAsync(service.Token)).IdleExitSeconds);
        await File.WriteAllTextAsync(service.Files.User, """{ "Service": { "IdleExit": "365.00:00:00" } }""");
        File.SetLastWriteTimeUtc(service.Files.User, DateTime.UtcNow.AddSeconds(5));
        var status = await service.Client.StatusAsync(service.Token);

        Assert.Equal(3600, status.IdleExitSeconds);
        Assert.Contains("Service:IdleExit", status.SettingsFault, StringComparison.Ordinal);
        Assert.Contains(await service.Client.SettingsAsync(service.Token), setting => setting is { Key: "Service:IdleExit", Value: "01:00:00" } && setting.Source.Contains(service.Files.User, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("17", "1", 17, 3ul)]
    [InlineData("18", "1", 17, null)]
    [InlineData("17", "0", 17, null)]
    [InlineData("", "1", 17, null)]
    [InlineData(null, null, 17, null)]
    [InlineData("17", "x", 17, null)]
    public void A_socket_of_systemd_is_taken_when_it_is_meant_for_this_process(string? process, string? count, int own, ulong? socket) => Assert.Equal(socket, SocketActivation.Inherited(process, count, own));
}
