using AltSendme.Service.DBus;
using AltSendme.TestKit;

namespace AltSendme.Service.Tests.DBus;

public sealed class SessionBusAddressTests
{
    [Fact]
    public void The_environment_says_where_the_bus_is_and_otherwise_the_runtime_folder()
    {
        using var folder = new TemporaryFolder();
        var runtime = Path.GetDirectoryName(folder.Write("run time/bus", ""))!;

        Assert.Equal("unix:abstract=x", SessionBusAddress.Of("unix:abstract=x", runtime));
        Assert.Equal($"unix:path={folder.Path}/run%20time/bus", SessionBusAddress.Of(null, runtime));
        Assert.Equal($"unix:path={folder.Path}/run%20time/bus", SessionBusAddress.Of("", runtime));
    }

    [Fact]
    public void Without_either_there_is_no_bus()
    {
        using var folder = new TemporaryFolder();

        Assert.Null(SessionBusAddress.Of(null, folder.Path));
        Assert.Null(SessionBusAddress.Of(null, null));
        Assert.Null(SessionBusAddress.Of(null, "relative"));
    }
}
