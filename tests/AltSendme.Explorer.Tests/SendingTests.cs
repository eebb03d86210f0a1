using System.Globalization;
using AltSendme.Explorer.Actions;
using AltSendme.Explorer.Com;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;
using AltSendme.TestKit;

namespace AltSendme.Explorer.Tests;

public sealed class SendingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _shown = [];

    [Fact]
    public async Task Without_a_service_a_window_says_why()
    {
        Assert.False(await Make().SendAsync(new Selection(["/a"], [])));

        Assert.Contains("could not be started", Assert.Single(_shown), StringComparison.Ordinal);
        Assert.Contains("not installed", _shown[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_selection_of_which_a_part_has_no_path_is_not_sent_by_half()
    {
        Assert.False(await Make().SendAsync(new Selection(["/a"], ["photo.jpg"])));

        Assert.Equal("Not sent: photo.jpg is not on this computer. Copy it here first, then send the copy.", Assert.Single(_shown));
    }

    public void Dispose() => _folder.Dispose();

    private Sending Make() => new(
        () => new ServiceConnection(new ServiceStarter(ServicePlace.Of(_folder.Path, _folder.Path), Path.Combine(_folder.Path, "none"), TimeProvider.System)),
        new Labels(CultureInfo.GetCultureInfo("en")), (title, text) => _shown.Add($"{title}: {text}"));
}
