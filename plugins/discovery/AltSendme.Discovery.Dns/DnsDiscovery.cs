using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.Dns;
using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Dns;

/// <summary>Asks a DNS server for the TXT records at <c>_iroh.ID.ORIGIN</c>. It only finds: what stands there is put there by other services, such as pkarr's.</summary>
internal sealed class DnsDiscovery(DnsDiscoveryOptions options, TimeProvider timeProvider, ILogger logger) : IDiscovery
{
    private static readonly CandidateSource Source = new("dns");

    private readonly DnsClient _client = new(new DnsClientOptions { Servers = options.Servers, Timeout = options.Timeout }, timeProvider);

    /// <summary>Does nothing: a DNS server takes no records from endpoints.</summary>
    public ValueTask PublishAsync(IReadOnlyList<EndpointAddress> addresses, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public async IAsyncEnumerable<Candidate> ResolveAsync(EndpointId id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // The origin was checked to leave room for an id.
        if (!IrohEndpointInfo.TryMakeName(id.ToArray(), options.Origin, out var name))
            yield break;
        var answer = await QueryAsync(name, cancellationToken);
        var info = IrohEndpointInfo.FromRecords(answer.Records.Select(static record => record.Data).OfType<DnsTextData>());
        logger.Answered(id.ToShortString(), info.Relays.Count, info.Addresses.Count, answer.TimeToLive);
        foreach (var relay in info.Relays)
        {
            if (EndpointAddress.TryCreate(EndpointAddress.RelayScheme, relay.AbsoluteUri, out var address))
                yield return new Candidate(address, Source) { TimeToLive = answer.TimeToLive };
        }

        foreach (var endPoint in info.Addresses)
            yield return new Candidate(EndpointAddress.FromIp(endPoint), Source) { TimeToLive = answer.TimeToLive };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<DnsAnswer> QueryAsync(DnsName name, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.QueryAsync(name, DnsType.Txt, cancellationToken);
        }
        catch (DnsLookupException exception)
        {
            throw new DiscoveryException("dns.no-answer", $"The peer can't be looked up by DNS under {options.Origin}. {exception.Message} Look at the network's DNS servers, or at Plugins:altsendme.dns:Servers in the settings.", exception);
        }
    }
}
