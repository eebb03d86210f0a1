using System.Text;
using AltSendme.Core.Plugins;

namespace AltSendme.Core.Tests.Plugins;

public sealed class SystemNeedsTests : IDisposable
{
    private readonly PluginBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_plugin_whose_needs_are_not_met_is_listed_with_the_reason_and_neither_run_nor_called_faulty()
    {
        var path = Path.Combine(_bench.Install("test.needy", "GoodPlugin"), PluginManifest.FileName);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"kind\"", "\"needs\":[\"warp-drive\"],\"kind\"", StringComparison.Ordinal));
        await using var host = _bench.Host();

        Assert.Empty(await host.StartAsync(PluginKind.Transport));

        var folder = Assert.Single(host.Folders);
        Assert.Null(folder.Fault);
        Assert.Contains("it needs \"warp-drive\"", folder.SkippedBecause, StringComparison.Ordinal);
        Assert.Empty(host.Faults);
        Assert.False(File.Exists(_bench.State("test.needy", "started")));
    }

    [Fact]
    public void The_platforms_quic_is_named_with_its_version_or_with_the_way_to_it()
    {
        Assert.True(PluginManifest.TryRead(
            Encoding.UTF8.GetBytes("""{"id":"a","kind":"transport","schemes":["a"],"needs":["quic"],"version":"1","contractVersion":"1.0","assembly":"A.dll","type":"A"}"""), out var manifest, out _));

        var (missing, found) = (SystemNeeds.Missing(manifest), SystemNeeds.Found(manifest));

        Assert.True(missing is null != found is null);
        if (missing is not null)
            Assert.StartsWith("libmsquic 2.2 or later, which is not here: ", missing, StringComparison.Ordinal);
        else
            Assert.Matches("^libmsquic [2-9]\\.\\d+\\.\\d+$", found);
    }
}
