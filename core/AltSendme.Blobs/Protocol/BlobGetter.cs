using System.IO.Pipelines;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol.Requests;

namespace AltSendme.Blobs.Protocol;

/// <summary>Fetches blobs from a provider.</summary>
public static class BlobGetter
{
    /// <summary>Sends <paramref name="request"/> and reads the answer to its end, each byte verified before <paramref name="target"/> sees it.</summary>
    /// <param name="stream">A stream opened for this request. Its output is completed here; the caller disposes of it, also after an exception.</param>
    /// <param name="request">What to ask for; at most <see cref="BlobProtocol.MaxRequestSize"/> bytes when encoded.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="BlobTransferException">The provider lacks a blob, stopped early or sent something else. What was verified before has reached the target.</exception>
    /// <exception cref="ArgumentException">The request is too long: ask for fewer pieces at once.</exception>
    public static async Task<GetStatistics> GetAsync(IDuplexPipe stream, GetRequest request, IGetTarget target, CancellationToken cancellationToken)
    {
        var encoded = request.Encode();
        if (encoded.Length > BlobProtocol.MaxRequestSize)
            throw new ArgumentException($"The request takes {encoded.Length} bytes; providers read at most {BlobProtocol.MaxRequestSize}.", nameof(request));
        await stream.Output.WriteAsync(encoded, cancellationToken);
        await stream.Output.CompleteAsync();

        var statistics = default(GetStatistics);
        using var verifier = new RangeVerifier(stream.Input);
        foreach (var (index, ranges) in request.Ranges)
        {
            if (index > long.MaxValue || await target.OpenAsync((long)index, cancellationToken) is not { } child)
                break;
            var counts = await verifier.ReadAsync(index == 0 ? request.Hash : child.Hash, ranges, child.Sink, cancellationToken);
            statistics = new GetStatistics(statistics.Blobs + 1, statistics.Content + counts.Content, statistics.Overhead + counts.Overhead);
        }

        await ReadEndAsync(stream.Input, request.Hash, cancellationToken);
        return statistics;
    }

    private static async Task ReadEndAsync(PipeReader input, Hash hash, CancellationToken cancellationToken)
    {
        var result = await input.ReadAtLeastAsync(1, cancellationToken);
        input.AdvanceTo(result.Buffer.Start);
        if (!result.Buffer.IsEmpty)
            throw new BlobVerificationException(hash, 0, $"The sender sent more than was asked of {hash.ToShortString()}. It is faulty or dishonest.");
        if (result.IsCanceled)
            throw new OperationCanceledException(cancellationToken);
    }
}
