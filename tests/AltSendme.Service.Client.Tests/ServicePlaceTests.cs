using AltSendme.Service.Client.Connection;
using AltSendme.TestKit;

namespace AltSendme.Service.Client.Tests;

public sealed class ServicePlaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_socket_is_in_the_folder_of_the_session_where_there_is_one()
    {
        if (OperatingSystem.IsWindows())
            return;

        Assert.Equal(Path.Combine(_folder.Path, "altsendme", "service.sock"), ServicePlace.Of(_folder.Path, _folder.Path).Address);
        Assert.Equal(Path.Combine(_folder.Path, "service", "service.sock"), ServicePlace.Of(_folder.Path, null).Address);
        Assert.Equal(Path.Combine(_folder.Path, "service", "service.sock"), ServicePlace.Of(_folder.Path, Path.Combine(_folder.Path, "gone")).Address);
    }

    [Fact]
    public void A_service_that_was_started_in_another_environment_is_found()
    {
        var place = ServicePlace.Of(_folder.Path, null);
        ServicePlace.MakePrivate(place.Folder);
        File.WriteAllText(place.AddressFile, "/elsewhere/service.sock\n");

        Assert.Equal("/elsewhere/service.sock", place.CurrentAddress());
    }

    [Fact]
    public async Task Without_a_service_and_without_leave_to_start_one_the_error_says_what_to_do()
    {
        using var client = new ServiceConnection(new ServiceStarter(ServicePlace.Of(_folder.Path, null), null, TimeProvider.System));

        var exception = await Assert.ThrowsAsync<ServiceException>(() => client.StatusAsync());

        Assert.Equal(ServiceCodes.NotRunning, exception.Code);
    }

    [Fact]
    public async Task A_program_that_is_not_installed_is_named()
    {
        using var client = new ServiceConnection(new ServiceStarter(ServicePlace.Of(_folder.Path, null), Path.Combine(_folder.Path, "altsendme-service"), TimeProvider.System));

        var exception = await Assert.ThrowsAsync<ServiceException>(() => client.StatusAsync());

        Assert.Equal(ServiceCodes.NotInstalled, exception.Code);
    }

    [Fact]
    public async Task A_service_that_can_not_start_is_reported_with_its_own_words()
    {
        if (OperatingSystem.IsWindows())
            return;
        var program = _folder.Write("altsendme-service", "#!/bin/sh\necho 'the settings are wrong' >&2\nexit 2\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var client = new ServiceConnection(new ServiceStarter(ServicePlace.Of(_folder.Path, null), program, TimeProvider.System));

        var exception = await Assert.ThrowsAsync<ServiceException>(() => client.StatusAsync());

        Assert.Equal(ServiceCodes.Failed, exception.Code);
        Assert.Contains("the settings are wrong", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
