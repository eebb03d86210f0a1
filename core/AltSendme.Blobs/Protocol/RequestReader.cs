using System.Buffers;
using System.IO.Pipelines;
using AltSendme.Blobs.Protocol.Requests;

namespace AltSendme.Blobs.Protocol;

/// <summary>Reads the bytes of a request, which end with the stream's sending side.</summary>
internal static class RequestReader
{
    /// <summary>The whole request, or <see langword="null"/> when it is longer than <see cref="BlobProtocol.MaxRequestSize"/>. Of a push, whose content would follow, only what is there already.</summary>
    public static async ValueTask<byte[]?> ReadAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (result.IsCanceled)
                throw new OperationCanceledException(cancellationToken);

            var isTooLong = buffer.Length > BlobProtocol.MaxRequestSize;
            if (isTooLong || result.IsCompleted || IsPush(buffer))
            {
                var request = isTooLong ? null : buffer.ToArray();
                input.AdvanceTo(buffer.End);
                return request;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static bool IsPush(in ReadOnlySequence<byte> buffer) => !buffer.IsEmpty && buffer.First.Span is [(byte)RequestKind.Push, ..];
}
