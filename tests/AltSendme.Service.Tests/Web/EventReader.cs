using System.Net.ServerSentEvents;
using System.Text.Json;

namespace AltSendme.Service.Tests.Web;

/// <summary>A window's stream of events.</summary>
internal sealed class EventReader(HttpResponseMessage response, Stream stream) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<SseItem<JsonElement>> _items = SseParser.Create(stream, static (_, data) => JsonSerializer.Deserialize<JsonElement>(data)).EnumerateAsync().GetAsyncEnumerator();

    public async Task<JsonElement> NextAsync(CancellationToken cancellationToken)
    {
        Assert.True(await _items.MoveNextAsync().AsTask().WaitAsync(cancellationToken));
        return _items.Current.Data;
    }

    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var value = await NextAsync(cancellationToken);
            if (isWanted(value))
                return value;
        }
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await stream.DisposeAsync();
    }
}
