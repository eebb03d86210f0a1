using System.Threading.Channels;
using AltSendme.Abstractions;

namespace AltSendme.Core.Paths;

/// <summary>Hands one stream of candidates to several transports, each of which sees all of them, in order and at its own pace.</summary>
internal sealed class CandidateFeed
{
    private readonly Channel<Candidate>[] _channels;

    public CandidateFeed(int readers)
    {
        _channels = new Channel<Candidate>[readers];
        for (var i = 0; i < readers; i++)
            _channels[i] = Channel.CreateBounded<Candidate>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });
    }

    /// <summary>Candidates that a transport may leave unread before the feed waits for it.</summary>
    public const int MaxWaiting = 256;

    public IAsyncEnumerable<Candidate> Reader(int index, CancellationToken cancellationToken) => _channels[index].Reader.ReadAllAsync(cancellationToken);

    /// <summary>Passes on what <paramref name="source"/> gives until it ends. Repeated addresses are passed on once.</summary>
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
                foreach (var channel in _channels)
                    await channel.Writer.WriteAsync(candidate, cancellationToken);
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
