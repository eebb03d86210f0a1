using System.Net;
using AltSendme.Abstractions;
using AltSendme.Core.Identity;
using AltSendme.Core.Paths;
using AltSendme.Core.Previews;
using AltSendme.Core.Progress;

namespace AltSendme.Core.Sending;

/// <summary>
/// A share on the network: hashes the files, listens under an id of its own, and answers whoever has the ticket. A one-time share ends when the first receiver has verified everything,
/// others when they are cancelled. Whoever opens it disposes it.
/// </summary>
public sealed class ShareSession : IAsyncDisposable
{
    private const int MaxReceivers = 64;
    private const int MaxPreviews = 16;

    private readonly Share _share;
    private readonly EndpointKey _key;
    private readonly EndpointSession _endpoint;
    private readonly TimeProvider _timeProvider;
    private readonly bool _oneTime;
    private readonly PreviewResponder _preview;
    private readonly List<(ReceiverConnection Receiver, Task Serving)> _receivers = [];
    private readonly List<Task> _previews = [];

    private ShareSession(Share share, EndpointKey key, EndpointSession endpoint, ShareReady ready, TimeProvider timeProvider, bool oneTime)
    {
        _share = share;
        _key = key;
        _endpoint = endpoint;
        _timeProvider = timeProvider;
        _oneTime = oneTime;
        _preview = new PreviewResponder(share.Preview, timeProvider);
        Ready = ready;
    }

    /// <summary>What is shared, with its ticket.</summary>
    public ShareReady Ready { get; }

    /// <summary>Hashes the files and starts to listen; receivers are served once <see cref="RunAsync"/> runs.</summary>
    /// <exception cref="AltSendmeException">A file can't be read, or no transport can listen.</exception>
    public static async Task<ShareSession> OpenAsync(CoreServices services, ShareRequest request, IProgress<TransferEvent> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(request);
        Share? share = null;
        EndpointKey? key = null;
        EndpointSession? endpoint = null;
        try
        {
            share = await ShareBuilder.BuildAsync(request.Paths, services.TimeProvider, progress, cancellationToken);
            key = services.Settings.Send.PersistentIdentity ? await IdentityFile.In(services.StateFolder).LoadOrCreateAsync(cancellationToken) : EndpointKey.Generate();
            endpoint = await EndpointSession.OpenAsync(key, services.Plugins, services.Settings, services.TimeProvider, cancellationToken);
            var listen = services.Settings.Listen;
            await endpoint.ListenAsync(new ListenOptions(services.Settings.Send.Preview ? [Alpn.Blobs, Alpn.Metadata] : [Alpn.Blobs]) { Port = listen.Port, Addresses = [.. listen.Addresses.Select(IPAddress.Parse)] }, cancellationToken);

            var ticket = TicketComposer.Compose(key.Id, share.Root, await endpoint.AddressesAsync(cancellationToken), request);
            var ready = new ShareReady(share.Name, share.Files, share.Bytes, ticket.ToString(), share.Root.ToString(), ticket.Addresses);
            return new ShareSession(share, key, endpoint, ready, services.TimeProvider, request.OneTime);
        }
        catch
        {
            if (endpoint is not null)
                await endpoint.DisposeAsync();
            key?.Dispose();
            share?.Dispose();
            throw;
        }
    }

    /// <summary>Serves receivers until the share is over.</summary>
    /// <exception cref="OperationCanceledException">A one-time share was cancelled before anybody had everything; ending a broadcast is no error.</exception>
    public async Task RunAsync(IProgress<TransferEvent> progress, CancellationToken cancellationToken = default)
    {
        // Cancelled by the caller, or by us once a one-time share has found its receiver.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var pump = new ProgressPump(_timeProvider, Sample);
        var code = TransferCloseCodes.Terminating;
        try
        {
            await AcceptAsync(progress, over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            if (!cancellationToken.IsCancellationRequested)
                code = TransferCloseCodes.ShareOver;
            else if (_oneTime)
                throw;
        }
        finally
        {
            await EndAsync(code);
        }
    }

    /// <summary>Stops listening, forgets the key and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        _key.Dispose();
        _share.Dispose();
    }

    private async Task AcceptAsync(IProgress<TransferEvent> progress, CancellationTokenSource over)
    {
        var number = 0;
        await foreach (var connection in _endpoint.AcceptAsync(over.Token))
        {
            if (connection.Protocol == Alpn.Metadata)
            {
                await ServePreviewAsync(connection, over.Token);
                continue;
            }

            lock (_receivers)
                _receivers.RemoveAll(static entry => entry.Serving.IsCompleted);
            if (_receivers.Count >= MaxReceivers)
            {
                await connection.DisposeAsync();
                continue;
            }

            var receiver = new ReceiverConnection(connection, ++number, _share, _timeProvider, progress);
            var serving = ServeAsync(receiver, over);
            lock (_receivers)
                _receivers.Add((receiver, serving));
        }
    }

    private async ValueTask ServePreviewAsync(IConnection connection, CancellationToken cancellationToken)
    {
        _previews.RemoveAll(static task => task.IsCompleted);
        if (_previews.Count >= MaxPreviews)
            await connection.DisposeAsync();
        else
            _previews.Add(_preview.ServeAsync(connection, cancellationToken));
    }

    private async Task ServeAsync(ReceiverConnection receiver, CancellationTokenSource over)
    {
        await receiver.ServeAsync(over.Token);
        if (!over.IsCancellationRequested)
            await receiver.CloseAsync(TransferCloseCodes.Done, "");
        if (receiver.HasEverything && _oneTime)
            await over.CancelAsync();
    }

    private async Task EndAsync(CloseCode code)
    {
        (ReceiverConnection Receiver, Task Serving)[] receivers;
        lock (_receivers)
            receivers = [.. _receivers];
        await Task.WhenAll(receivers.Select(entry => entry.Receiver.CloseAsync(code, code == TransferCloseCodes.ShareOver ? "the share is over" : "the sender stopped")));
        await Task.WhenAll(receivers.Select(static entry => entry.Serving));
        await Task.WhenAll(_previews);
    }

    private void Sample()
    {
        lock (_receivers)
        {
            foreach (var (receiver, _) in _receivers)
                receiver.Sample();
        }
    }
}
