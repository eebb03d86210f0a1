using AltSendme.Plugins.Testing;
using MyPlugin;

namespace MyPlugin.Tests;

/// <summary>What the contract asks of every discovery service.</summary>
public sealed class FolderDiscoveryTests : DiscoveryTests
{
    protected override Task<DiscoveryUnderTest> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("myplugin-").FullName;
        return Task.FromResult(new DiscoveryUnderTest(context => new FolderDiscovery(context.Identity.Id, folder)) { Stop = () => Remove(folder) });
    }

    private static ValueTask Remove(string folder)
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
