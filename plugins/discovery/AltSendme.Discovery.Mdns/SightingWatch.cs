using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Discovery.Mdns.Records;

namespace AltSendme.Discovery.Mdns;

/// <summary>Somebody who waits for word of one endpoint. Whoever asked for it disposes it.</summary>
internal sealed class SightingWatch(EndpointId id, Action<SightingWatch> onEnd) : IDisposable
{
    private const int MaxWaiting = 32;

    private readonly Channel<(Sighting Sighting, TimeSpan Age)> _sightings =
        Channel.CreateBounded<(Sighting, TimeSpan)>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Who is waited for.</summary>
    public EndpointId Id { get; } = id;

    /// <summary>What neighbours say, with its age.</summary>
    public ChannelReader<(Sighting Sighting, TimeSpan Age)> Sightings => _sightings.Reader;

    /// <summary>Hands on what a neighbour said.</summary>
    public void Add(Sighting sighting, TimeSpan age) => _sightings.Writer.TryWrite((sighting, age));

    public void Dispose() => onEnd(this);
}
