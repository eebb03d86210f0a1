using System.Buffers.Binary;
using AltSendme.Abstractions;

namespace AltSendme.Core.Previews;

/// <summary>Answers a receiver who asks for the preview. One answer a connection; a receiver that is slow, silent or wrong is left alone after half a minute.</summary>
internal sealed class PreviewResponder
{
    // What a receiver may still say while the answer is on its way; it should say nothing.
    private const int MaxIgnored = 1024;

    private static readonly CloseCode Wrong = new(2);

    private readonly byte[] _answer;
    private readonly TimeProvider _timeProvider;

    public PreviewResponder(SharePreview preview, TimeProvider timeProvider)
    {
        var json = PreviewJson.Write(preview);
        _answer = new byte[sizeof(uint) + json.Length];
        BinaryPrimitives.WriteUInt32BigEndian(_answer, (uint)json.Length);
        json.CopyTo(_answer, sizeof(uint));
        _timeProvider = timeProvider;
    }

    /// <summary>Serves one connection to its end and disposes it. Never throws for what the receiver does.</summary>
    public async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(PreviewProtocol.ServeLimit, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using (connection)
        {
            try
            {
                if (await connection.AcceptStreamAsync(either.Token) is not { } stream)
                    return;
                await using (stream)
                    await AnswerAsync(stream, either.Token);
            }
            catch (Exception exception) when (exception is TransportException or OperationCanceledException or IOException)
            {
                // The receiver left, or took too long; it goes on without a preview.
            }
        }
    }

    private async Task AnswerAsync(IByteStream stream, CancellationToken cancellationToken)
    {
        var request = await stream.Input.ReadAtLeastAsync(1, cancellationToken);
        var isRequest = !request.Buffer.IsEmpty && request.Buffer.FirstSpan[0] == PreviewProtocol.Request;
        stream.Input.AdvanceTo(request.Buffer.End);
        if (!isRequest)
        {
            stream.Abort(Wrong);
            return;
        }

        await stream.Output.WriteAsync(_answer, cancellationToken);
        await stream.Output.CompleteAsync();

        // The receiver ends its side once it has everything; a connection that is closed before would take the answer with it.
        for (var ignored = 0L; ignored <= MaxIgnored;)
        {
            var rest = await stream.Input.ReadAsync(cancellationToken);
            ignored += rest.Buffer.Length;
            stream.Input.AdvanceTo(rest.Buffer.End);
            if (rest.IsCompleted || rest.IsCanceled)
                return;
        }
    }
}
