using AltSendme.Abstractions;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Core.Identity;
using AltSendme.Core.Tickets;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sessions;

/// <summary>A receiver that speaks as iroh's programs do: requests, and a close with code 0 that says nothing. Reads answers without looking at them, or not at all.</summary>
internal sealed class IrohReceiver(MemoryNetwork network, BlobTicket ticket) : IDisposable
{
    private readonly EndpointKey _key = EndpointKey.Generate();

    public void Dispose() => _key.Dispose();

    public async Task<IConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await new MemoryTransport(network, _key).DialAsync(ticket.Endpoint, ticket.ToCandidates().ToAsyncEnumerable(), Alpn.Blobs, cancellationToken);

    /// <summary>Asks for parts of the share, blob by blob, on a connection of its own, and closes it.</summary>
    public async Task FetchAsync(ChunkRanges[] ranges, bool isInfinite, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await AskAsync(connection, new GetRequest(ticket.Root, ChunkRangesSequence.Of(ranges, isInfinite)).Encode(), cancellationToken);
        await connection.CloseAsync(CloseCode.None, "", cancellationToken);
    }

    /// <summary>Sends a request and reads the answer to its end.</summary>
    /// <returns>Its length.</returns>
    public static async Task<long> AskAsync(IConnection connection, byte[] request, CancellationToken cancellationToken)
    {
        await using var stream = await connection.OpenStreamAsync(cancellationToken);
        await stream.Output.WriteAsync(request, cancellationToken);
        await stream.Output.CompleteAsync();
        for (var length = 0L; ;)
        {
            var result = await stream.Input.ReadAsync(cancellationToken);
            length += result.Buffer.Length;
            stream.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return length;
        }
    }

    /// <summary>Sends a request and leaves the answer lying.</summary>
    public static async Task<IByteStream> AskAndForgetAsync(IConnection connection, byte[] request, CancellationToken cancellationToken)
    {
        var stream = await connection.OpenStreamAsync(cancellationToken);
        await stream.Output.WriteAsync(request, cancellationToken);
        await stream.Output.CompleteAsync();
        return stream;
    }
}
