using AltSendme.Abstractions;

namespace AltSendme.Core.Paths;

/// <summary>A connection whose streams keep to the rates of the process. Without limits it costs nothing but a call.</summary>
internal sealed class PacedConnection(IConnection inner, RateLimit sending, RateLimit receiving) : IConnection
{
    public EndpointId RemoteId => inner.RemoteId;

    public Alpn Protocol => inner.Protocol;

    public ConnectionPath Path => inner.Path;

    public Task<ConnectionClosure> Closed => inner.Closed;

    public IAsyncEnumerable<ConnectionPath> WatchPathAsync(CancellationToken cancellationToken = default) => inner.WatchPathAsync(cancellationToken);

    public async ValueTask<IByteStream> OpenStreamAsync(CancellationToken cancellationToken = default) => new PacedStream(await inner.OpenStreamAsync(cancellationToken), sending, receiving);

    public async ValueTask<IByteStream?> AcceptStreamAsync(CancellationToken cancellationToken = default) =>
        await inner.AcceptStreamAsync(cancellationToken) is { } stream ? new PacedStream(stream, sending, receiving) : null;

    public ValueTask CloseAsync(CloseCode code, string reason, CancellationToken cancellationToken = default) => inner.CloseAsync(code, reason, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
