using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;

namespace AltSendme.Core.Discovery;

/// <summary>The ways to a peer for one dial: those that are known, then those that discovery services name.</summary>
internal sealed class PeerSearch(SessionDiscovery discovery, EndpointId remote, IReadOnlyList<Candidate> known, Action<Candidate>? onFound, TimeProvider timeProvider)
{
    /// <summary>How long known ways are tried alone: longer than a handshake over a relay on the other side of the world, shorter than people's patience.</summary>
    public static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(1.5);

    private Lookup? _lookup;

    /// <summary>The candidates, as they become known; ends when every service has answered. Read once.</summary>
    public async IAsyncEnumerable<Candidate> CandidatesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var candidate in known)
            yield return candidate;
        if (known.Count > 0)
            await Task.Delay(HeadStart, timeProvider, cancellationToken);
        _lookup = discovery.Find(remote);
        await foreach (var candidate in _lookup.ReadAsync(cancellationToken))
        {
            onFound?.Invoke(candidate);
            yield return candidate;
        }
    }

    /// <summary>What a failed dial means, with what the services said. What they knew led nowhere, and is not kept.</summary>
    public PeerUnreachableException Explain(PeerUnreachableException failure)
    {
        if (_lookup is not { } lookup)
            return failure;
        discovery.Forget(remote);
        var said = lookup.Failures;
        if (known.Count == 0 && lookup.Found.Count == 0)
        {
            return new PeerUnreachableException(
                ErrorCodes.PeerNoAddress,
                $"The ticket holds only the id of {remote.ToShortString()}, and no discovery service could say where it is ({(said.Length > 0 ? said : "none is in use")}). Is the share still open? If it is, ask for a ticket with addresses ('--ticket-type addresses').",
                failure);
        }

        return said.Length == 0 ? failure : new PeerUnreachableException(failure.Code, $"{failure.Message} Of the discovery services, {said}.", failure);
    }
}
