using System.Threading.Channels;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections;

/// <summary>Connections whose handshake is done, until the transport takes them; those that nobody has taken end with it.</summary>
/// <param name="capacity">How many may wait.</param>
public sealed class Arrivals(int capacity) : IAsyncDisposable
{
    private readonly Channel<IConnection> _waiting = Channel.CreateBounded<IConnection>(capacity);

    /// <summary>Hands one over; false where too many wait, and then it stays the caller's.</summary>
    public bool TryOffer(IConnection connection) => _waiting.Writer.TryWrite(connection);

    /// <summary>Takes them in order, until the end.</summary>
    public IAsyncEnumerable<IConnection> TakeAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Ends the enumeration and whatever waits; to be called when nothing is offered any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        while (_waiting.Reader.TryRead(out var connection))
            await connection.DisposeAsync();
    }
}
