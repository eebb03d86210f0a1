using System.IO.Pipelines;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Protocol;

/// <summary>Answers requests for blobs. Reads only: nothing that a peer sends is stored. Serves any number of streams at once.</summary>
/// <param name="blobs">What may be fetched.</param>
/// <param name="timeProvider">The clock; the system's by default.</param>
public sealed class BlobProvider(IBlobSource blobs, TimeProvider? timeProvider = null)
{
    /// <summary>How long a peer may take to say what it wants; it may take its time to read the answer.</summary>
    public static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads the one request of <paramref name="stream"/> and answers it. The output is completed unless the result carries a <see cref="ServeResult.StreamError"/>, with which the caller resets
    /// the stream; the caller disposes of the stream in either case.
    /// </summary>
    /// <param name="stream">A stream that the peer has opened.</param>
    /// <param name="observer">Watches, when wanted.</param>
    /// <param name="cancellationToken">Ends the answer.</param>
    /// <returns>How it went; faults of blobs are reported here. Exceptions of the stream itself are passed on.</returns>
    public async Task<ServeResult> ServeAsync(IDuplexPipe stream, IServeObserver? observer, CancellationToken cancellationToken)
    {
        var request = await ReadAsync(stream.Input, cancellationToken);
        var result = request is null
            ? new ServeResult(ServeOutcome.Refused, null, BlobProtocol.LimitError)
            : await AnswerAsync(request, new BlobAnswer(blobs, stream.Output, observer), observer, cancellationToken);
        if (result.StreamError is null)
            await stream.Output.CompleteAsync();
        return result;
    }

    private async Task<byte[]?> ReadAsync(PipeReader input, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(RequestLimit, timeProvider ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await RequestReader.ReadAsync(input, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<ServeResult> AnswerAsync(byte[] request, BlobAnswer answer, IServeObserver? observer, CancellationToken cancellationToken)
    {
        RequestKind? kind = request.Length > 0 ? (RequestKind)request[0] : null;
        try
        {
            switch (kind)
            {
                case RequestKind.Get when GetRequest.TryDecode(request, out var get):
                    return new ServeResult(await answer.GetAsync(get, cancellationToken), kind);
                case RequestKind.GetMany when GetManyRequest.TryDecode(request, out var many):
                    return new ServeResult(await answer.GetManyAsync(many, cancellationToken), kind);
                case RequestKind.Observe when ObserveRequest.TryDecode(request, out var observe):
                    return new ServeResult(await answer.ObserveAsync(observe, cancellationToken), kind);
                case RequestKind.Push:
                    observer?.OnRequest(RequestKind.Push, default);
                    return new ServeResult(ServeOutcome.Refused, kind, BlobProtocol.PermissionError);
                default:
                    return new ServeResult(ServeOutcome.NotUnderstood, null);
            }
        }
        catch (BlobUnavailableException fault)
        {
            return new ServeResult(ServeOutcome.Unavailable, kind, BlobProtocol.InternalError, fault);
        }
    }
}
