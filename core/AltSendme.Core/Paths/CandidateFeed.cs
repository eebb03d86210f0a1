using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Core.Policy;

namespace AltSendme.Core.Paths;

/// <summary>
/// Hands one stream of candidates to several transports, each of which sees all that policy allows, in order, at its own pace and from whatever moment it begins. Whatever names addresses (a ticket, a discovery
/// service) comes through here.
/// </summary>
internal sealed class CandidateFeed
{
    /// <summary>Addresses that are passed on at most; no honest peer has so many, and a discovery service must not make us dial the world.</summary>
    public const int MaxCandidates = 256;

    private readonly Channel<Candidate>[] _channels;
    private readonly Func<EndpointAddress, PolicyVerdict> _judge;
    private volatile PolicyException? _refusal;
    private volatile bool _hasPassed;

    /// <param name="readers">How many transports there are.</param>
    /// <param name="judge">What policy says to an address.</param>
    public CandidateFeed(int readers, Func<EndpointAddress, PolicyVerdict> judge)
    {
        _judge = judge;
        _channels = new Channel<Candidate>[readers];
        for (var i = 0; i < readers; i++)
            _channels[i] = Channel.CreateUnbounded<Candidate>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    }

    public IAsyncEnumerable<Candidate> Reader(int index, CancellationToken cancellationToken) => _channels[index].Reader.ReadAllAsync(cancellationToken);

    /// <summary>Why the first address was held back, when policy held back all that came.</summary>
    public PolicyException? Refusal => _hasPassed ? null : _refusal;

    /// <summary>Passes on what <paramref name="source"/> gives until it ends. Repeated addresses are passed on once, and no more than <see cref="MaxCandidates"/>.</summary>
    public async Task PumpAsync(IAsyncEnumerable<Candidate> source, CancellationToken cancellationToken)
    {
        Exception? fault = null;
        try
        {
            var seen = new HashSet<EndpointAddress>();
            await foreach (var candidate in source.WithCancellation(cancellationToken))
            {
                if (!seen.Add(candidate.Address))
                    continue;
                var verdict = _judge(candidate.Address);
                if (verdict.IsAllowed)
                {
                    _hasPassed = true;
                    foreach (var channel in _channels)
                        channel.Writer.TryWrite(candidate);
                }
                else
                {
                    _refusal ??= verdict.ToException();
                }

                if (seen.Count == MaxCandidates)
                    break;
            }
        }
        catch (Exception exception) when (exception is AltSendmeException or OperationCanceledException)
        {
            fault = exception is OperationCanceledException ? exception : null;
        }
        finally
        {
            foreach (var channel in _channels)
                channel.Writer.TryComplete(fault);
        }
    }
}
