using System.Net;

namespace AltSendme.Discovery.Mdns.Links;

/// <summary>The way to the neighbours. Sending never fails: what does not go out is lost, as on a network.</summary>
internal interface IMulticastLink : IAsyncDisposable
{
    /// <summary>Where messages can be sent now.</summary>
    IReadOnlyList<LinkPort> Ports { get; }

    /// <summary>Begins to receive. Called once.</summary>
    /// <param name="onPacket">Takes what comes from the links, one after the other of each family.</param>
    /// <param name="onAppeared">Told of each port that was not there before.</param>
    void Start(Action<LinkPacket> onPacket, Action<LinkPort> onAppeared);

    /// <summary>Sends to everybody on one link.</summary>
    void Send(LinkPort port, ReadOnlySpan<byte> message);

    /// <summary>Sends to one neighbour.</summary>
    void SendTo(LinkPort port, IPEndPoint destination, ReadOnlySpan<byte> message);
}
