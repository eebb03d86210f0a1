using AltSendme.Abstractions;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Stores;
using AltSendme.Core.Identity;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sending;

public sealed class SilentRequestTests
{
    [Fact]
    public async Task A_stream_that_never_says_what_it_wants_is_refused_after_half_a_minute()
    {
        var time = new VirtualTime();
        using var key = EndpointKey.Generate();
        var (dialled, accepted) = MemoryConnection.Between(new MemoryNetwork(), key.Id, key.Id, Alpn.Blobs);
        await using var asking = await dialled.OpenStreamAsync();
        await using var answering = await accepted.AcceptStreamAsync();
        using var store = new InPlaceStore();

        var serving = new BlobProvider(store, time).ServeAsync(answering!, null, CancellationToken.None);
        time.Advance(BlobProvider.RequestLimit - TimeSpan.FromSeconds(1));
        Assert.False(serving.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new ServeResult(ServeOutcome.Refused, null, BlobProtocol.LimitError), await serving);
    }
}
