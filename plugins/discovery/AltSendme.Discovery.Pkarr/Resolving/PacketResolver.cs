using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Discovery.Pkarr.Packets;
using AltSendme.Discovery.Pkarr.Web;
using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Pkarr.Resolving;

/// <summary>Asks all servers at once, and believes what the endpoint signed: nothing else, and nothing that is older than what is known.</summary>
internal sealed class PacketResolver(IReadOnlyList<PkarrServer> servers, NewestPackets newest, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>The candidates in each acceptable packet, as the servers answer.</summary>
    /// <exception cref="DiscoveryException">No server has an acceptable packet, and at least one could not be asked or gave another.</exception>
    public async IAsyncEnumerable<Candidate> ResolveAsync(EndpointId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or by us when the enumeration is left early.
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var packets = Channel.CreateUnbounded<SignedPacket>();
        var failures = new List<DiscoveryException>();
        var asking = AskAllAsync(id, packets.Writer, failures, left.Token);
        var hasPacket = false;
        try
        {
            await foreach (var packet in packets.Reader.ReadAllAsync(cancellationToken))
            {
                hasPacket = true;
                foreach (var candidate in EndpointRecord.Candidates(id, packet, timeProvider.GetUtcNow()))
                    yield return candidate;
            }
        }
        finally
        {
            await left.CancelAsync();
            await asking;
        }

        if (!hasPacket && failures.Count > 0)
            throw failures[0];
    }

    private async Task AskAllAsync(EndpointId id, ChannelWriter<SignedPacket> packets, List<DiscoveryException> failures, CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(servers.Select(server => AskAsync(server, id, packets, cancellationToken)));
        failures.AddRange(results.OfType<DiscoveryException>());
        packets.TryComplete();
    }

    private async Task<DiscoveryException?> AskAsync(PkarrServer server, EndpointId id, ChannelWriter<SignedPacket> packets, CancellationToken cancellationToken)
    {
        try
        {
            if (await server.GetAsync(id, cancellationToken) is not { } payload)
                return null;
            var reason = !SignedPacket.TryRead(id, payload, out var packet, out var fault) ? Describe(fault)
                : !newest.TryAdmit(id, packet.Timestamp) ? "it is older than one that is known"
                : null;
            if (reason is null)
            {
                packets.TryWrite(packet!);
                return null;
            }

            logger.PacketRefused(server.Host, id.ToShortString(), reason);
            return new DiscoveryException("pkarr.refused", $"The packet that the pkarr server {server.Host} has was refused: {reason}.");
        }
        catch (DiscoveryException exception)
        {
            logger.ResolveFailed(server.Host, id.ToShortString(), exception.Message);
            return exception;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string Describe(PacketFault fault) => fault switch
    {
        PacketFault.TooShort => "it is cut off",
        PacketFault.TooLong => $"it is longer than {SignedPacket.MaxPayloadLength} bytes",
        PacketFault.Signature => "the endpoint did not sign it",
        _ => "it holds no DNS message",
    };
}
