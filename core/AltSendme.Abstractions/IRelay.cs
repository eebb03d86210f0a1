namespace AltSendme.Abstractions;

/// <summary>
/// A tunnel for datagrams to endpoint ids behind one relay. It is unreliable like UDP: a datagram may be lost, never changed unnoticed, because what is inside is encrypted end to end.
/// Any number of senders, one receiver. The implementation reconnects by itself until it is disposed, and says how it stands through <see cref="State"/>.
/// </summary>
public interface IRelay : IAsyncDisposable
{
    /// <summary>The relay's URL.</summary>
    Uri Url { get; }

    /// <summary>How the tunnel stands now.</summary>
    RelayState State { get; }

    /// <summary>The state now and then each change, until the tunnel is disposed.</summary>
    IAsyncEnumerable<RelayState> WatchStateAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Hands datagrams to the relay. Completes when they are queued; while the tunnel is down or the queue is full they are dropped, as a network would.
    /// </summary>
    /// <exception cref="ArgumentException">A datagram is larger than the relay takes (<see cref="RelayDatagrams.MaxSegmentSize"/>).</exception>
    ValueTask SendAsync(RelayDatagrams datagrams, CancellationToken cancellationToken = default);

    /// <summary>Waits for what the relay says next. Contents stand in <paramref name="buffer"/>, which should have 64 KiB.</summary>
    /// <exception cref="ObjectDisposedException">The tunnel has been disposed.</exception>
    ValueTask<RelayReceived> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);
}
