using AltSendme.Interop.Tests.Peers;

namespace AltSendme.Interop.Tests;

public sealed class GoldenVectorTests
{
    [PeerTheory]
    [InlineData("blobs-iroh-0.35")]
    [InlineData("blobs-iroh-0.35-ranges")]
    public async Task The_committed_vectors_are_what_a_real_node_says_today(string name)
    {
        await using var peer = PeerProcess.Start($"tests/vectors/{name}.mjs");

        var today = await peer.ReadToEndAsync();

        var committed = await File.ReadAllTextAsync(SourceTree.PathOf($"tests/vectors/{name}.json"));
        Assert.Equal(committed, today);
    }
}
