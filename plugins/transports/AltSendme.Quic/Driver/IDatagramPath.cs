using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Driver;

/// <summary>
/// Where an endpoint's datagrams come from and go to: a UDP socket, or what stands in for one (a relay, a test). Called by the endpoint's thread only, apart from <see cref="Wake"/>.
/// </summary>
public interface IDatagramPath : IDisposable
{
    /// <summary>Our address; of kind <see cref="AddressKind.None"/> where there is no single one.</summary>
    NetworkAddress Local { get; }

    /// <summary>Most bytes that <see cref="Send"/> takes at once.</summary>
    int MaxSendLength { get; }

    /// <summary>Fills the batch with what has arrived, without waiting.</summary>
    void Receive(DatagramBatch batch);

    /// <summary>Sends the datagrams of one <see cref="Transmit"/>, without waiting.</summary>
    SendOutcome Send(in Transmit transmit, ReadOnlySpan<byte> datagrams);

    /// <summary>Blocks until a datagram arrived, <see cref="Wake"/> was called, the time is over or, when asked for, sending is possible again. May return early.</summary>
    void Wait(TimeSpan timeout, bool forSending);

    /// <summary>Ends a <see cref="Wait"/> that is under way, or the next one. Any thread.</summary>
    void Wake();
}
