using System.Net;
using AltSendme.Abstractions;

namespace AltSendme.Discovery.Mdns.Records;

/// <summary>That a neighbour says where an endpoint is.</summary>
/// <param name="Id">Who is there, as the neighbour claims.</param>
/// <param name="Source">The neighbour.</param>
/// <param name="Addresses">Where; none when it is not there any more.</param>
/// <param name="TimeToLive">For how long that holds.</param>
internal sealed record Sighting(EndpointId Id, IPAddress Source, IReadOnlyList<EndpointAddress> Addresses, TimeSpan TimeToLive)
{
    /// <summary>Whether the endpoint says goodbye.</summary>
    public bool IsGoodbye => Addresses.Count == 0;
}
