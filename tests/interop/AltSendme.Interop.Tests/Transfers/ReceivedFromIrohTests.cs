using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>A real iroh 0.35 node shares, our program receives by its ticket.</summary>
[Collection("transfers")]
public sealed class ReceivedFromIrohTests : IAsyncLifetime
{
    private Scene _scene = null!;

    public async Task InitializeAsync() => _scene = await Scene.OpenAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [PeerFact]
    public async Task A_raw_blob_arrives_whole()
    {
        var source = WriteFile(_scene.At("file.bin"), 20_000_001);

        await ReceiveAsync("file.bin", wrap: false);

        AssertSameFile(source, Assert.Single(Directory.GetFiles(_scene.At("in"))));
    }

    [PeerFact]
    public async Task A_file_in_a_collection_arrives_under_its_name()
    {
        var source = WriteFile(_scene.At("file.bin"), 20_000_001);

        await ReceiveAsync("file.bin", wrap: true);

        AssertSameFile(source, _scene.At("in", "file.bin"));
    }

    [PeerFact]
    public async Task A_folder_of_a_thousand_files_with_unicode_and_empty_ones_arrives_whole()
    {
        WriteFolder(_scene.At("album"));

        await ReceiveAsync("album", wrap: true);

        AssertSameFolder(_scene.At("album"), _scene.At("in", "album"));
    }

    private async Task ReceiveAsync(string path, bool wrap)
    {
        await using var peer = _scene.Peer("node.mjs");
        await peer.AskAsync(new { op = "start", stores = new[] { _scene.At("store") } });
        var shared = await peer.AskAsync(new { op = "share", path = _scene.At(path), wrap });
        Assert.True(shared.GetProperty("ok").GetBoolean(), shared.ToString());

        var (exitCode, _, error) = await _scene.RunAsync("receive", shared.GetProperty("ticket").GetString()!, "-o", "in", "--yes", "--no-progress");

        Assert.True(exitCode == 0, error);
    }
}
