using System.Net;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Identity;
using AltSendme.Core.Paths;
using AltSendme.Core.Policy;
using AltSendme.Core.Previews;
using AltSendme.Core.Progress;
using AltSendme.Core.Settings;
using AltSendme.Core.Settings.Schema;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Sending;

/// <summary>
/// A share on the network: hashes the files, listens under an id of its own, and answers whoever has the ticket. A one-time share ends when the first receiver has verified everything,
/// others when they are cancelled. Whoever opens it disposes it.
/// </summary>
public sealed class ShareSession : IAsyncDisposable
{
    private const int MaxPreviews = 16;

    private readonly Share _share;
    private readonly EndpointKey _key;
    private readonly IdentityHold? _hold;
    private readonly EndpointSession _endpoint;
    private readonly CoreServices _services;
    private readonly ShareExpiry _expiry;
    private readonly bool _oneTime;
    private readonly PreviewResponder _preview;
    private readonly ReceiverRoster _roster;
    private readonly ServedLedger _ledger;

    // Cancelled by Suspend only, which may come after the end. It has neither timer nor handle, so that nothing of it needs to be disposed.
    private readonly CancellationTokenSource _suspended = new();

    // What runs beside the accepting: each ends by itself or with the share, and is awaited at its end.
    private readonly List<Task> _serving = [];
    private readonly List<Task> _previews = [];
    private readonly List<Task> _closing = [];

    private ShareSession(Share share, EndpointKey key, IdentityHold? hold, EndpointSession endpoint, IReadOnlyList<EndpointAddress> addresses, ShareReady ready, CoreServices services, ShareExpiry expiry, bool oneTime)
    {
        _share = share;
        _key = key;
        _hold = hold;
        _endpoint = endpoint;
        _services = services;
        _expiry = expiry;
        _oneTime = oneTime;
        _preview = new PreviewResponder(share.Preview with { OtherAddresses = [.. addresses.Where(PreviewProtocol.IsOther).Take(PreviewProtocol.MaxAddresses)] }, services.TimeProvider);
        _roster = new ReceiverRoster(services.TimeProvider);
        _ledger = new ServedLedger(share.Contents);
        Ready = ready;
    }

    /// <summary>What is shared, with its ticket.</summary>
    public ShareReady Ready { get; }

    /// <summary>The port that its transports listen on; 0 when none of them has ports.</summary>
    public int Port { get; private init; }

    /// <summary>Hashes the files and starts to listen; receivers are served once <see cref="RunAsync"/> runs.</summary>
    /// <exception cref="AltSendmeException">A file can't be read, no transport can listen, or a relay was asked for and none is in use.</exception>
    public static async Task<ShareSession> OpenAsync(CoreServices services, ShareRequest request, IProgress<TransferEvent> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(request);
        Share? share = null;
        EndpointKey? key = null;
        IdentityHold? hold = null;
        EndpointSession? endpoint = null;
        try
        {
            services.Policy.JudgeShare(request.TicketForm, !request.OneTime).ThrowIfDenied();
            LockedSettings.Judge(services, (SettingKeys.SendTicketType, request.TicketForm.ToString())).ThrowIfDenied();
            share = await ShareBuilder.BuildAsync(request.Paths, services.TimeProvider, progress, cancellationToken);
            if (request.ExpectedHash is { } expected && share.Root.ToString() != expected)
                throw new StorageException(ErrorCodes.SourceChanged, "The files are not what they were when the ticket was made, so they are not served under it. Put back what was there, or share them anew.");
            var isUsers = request.Identity is null && services.Settings.Send.PersistentIdentity;
            key = request.Identity is { } kept ? await kept.LoadOrCreateAsync(cancellationToken) : isUsers ? await IdentityFile.In(services.StateFolder).LoadOrCreateAsync(cancellationToken) : EndpointKey.Generate();
            hold = isUsers ? IdentityHold.Take(services.StateFolder) : null;
            endpoint = await EndpointSession.OpenAsync(key, services, RelayUse.Sending, progress, cancellationToken);
            var listen = services.Settings.Listen;
            var options = new ListenOptions(services.Settings.Send.Preview ? [Alpn.Blobs, Alpn.Metadata] : [Alpn.Blobs]) { Port = listen.Port, Addresses = [.. listen.Addresses.Select(IPAddress.Parse)] };
            var port = await ListenAsync(endpoint, options, request.PreferredPort, cancellationToken);

            var addresses = await endpoint.AddressesAsync(request.TicketForm != TicketForm.Addresses && (request.TicketForm != TicketForm.Id || endpoint.CanFind), cancellationToken);
            var announced = await ShareAnnouncement.DecideAsync(endpoint, addresses, request.TicketForm, services.Settings.Discovery, progress, cancellationToken);
            var started = request.Began ?? services.TimeProvider.GetUtcNow();
            var expiry = new ShareExpiry(started, request.Lifetime, services);
            var ticket = TicketComposer.Compose(key.Id, share.Root, addresses, announced.Any(static service => !service.IsLocalNetwork), request, services.Policy, out var form, endpoint.RelayTrouble) with { Expires = expiry.End };
            var ready = new ShareReady(share.Name, share.Files, share.Bytes, ticket.ToString(), share.Root.ToString(), form, ticket.RelayUrl, ticket.Addresses) { Discovery = [.. announced.Select(static service => service.Service)] };
            return new ShareSession(share, key, hold, endpoint, addresses, ready, services, expiry, request.OneTime) { Port = port };
        }
        catch
        {
            if (endpoint is not null)
                await endpoint.DisposeAsync();
            hold?.Dispose();
            key?.Dispose();
            share?.Dispose();
            throw;
        }
    }

    /// <summary>Serves receivers until the share is over.</summary>
    /// <exception cref="OperationCanceledException">A one-time share was cancelled before anybody had everything; ending a broadcast is no error.</exception>
    /// <exception cref="TicketException"><c>ticket.expired</c>: the time of a one-time share was over before anybody had everything.</exception>
    /// <exception cref="PolicyException">A change of policy ended the share.</exception>
    public Task RunAsync(IProgress<TransferEvent> progress, CancellationToken cancellationToken = default) =>
        PolicyGuard.RunAsync(_services.Policy, Judge, async token => { await ServeAsync(progress, token); return true; }, cancellationToken);

    /// <summary>Ends <see cref="RunAsync"/> without ending the share: receivers are told to dial again, which finds whoever opens it with the same key.</summary>
    public void Suspend() => _suspended.Cancel();

    /// <summary>Stops listening, forgets the key and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        _hold?.Dispose();
        _key.Dispose();
        _share.Dispose();
    }

    private static async Task<int> ListenAsync(EndpointSession endpoint, ListenOptions options, int preferredPort, CancellationToken cancellationToken)
    {
        if (preferredPort is 0 || preferredPort == options.Port)
            return await endpoint.ListenAsync(options, cancellationToken);
        try
        {
            return await endpoint.ListenAsync(options with { Port = preferredPort }, cancellationToken);
        }
        catch (TransportException)
        {
            // Somebody took it meanwhile.
            return await endpoint.ListenAsync(options, cancellationToken);
        }
    }

    private async Task ServeAsync(IProgress<TransferEvent> progress, CancellationToken cancellationToken)
    {
        // Cancelled by the caller, by Suspend, or by us once a one-time share has found its receiver or the time is over.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _suspended.Token);
        await using var pump = new ProgressPump(_services.TimeProvider, Sample);
        var expiring = _expiry.CancelAsync(over);
        var (code, reason) = (TransferCloseCodes.Terminating, "the sender stopped");
        try
        {
            await AcceptAsync(progress, over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            if (_suspended.IsCancellationRequested)
                (code, reason) = (TransferCloseCodes.Busy, "the sender restarts");
            else if (_expiry.IsOver)
                reason = "the share's time is over";
            else if (!cancellationToken.IsCancellationRequested)
                (code, reason) = (TransferCloseCodes.ShareOver, "the share is over");
            else if (_oneTime)
                throw;
        }
        finally
        {
            await EndAsync(code, reason);
            await over.CancelAsync();
            await expiring;
        }

        if (_expiry.IsOver && _oneTime)
            throw new TicketException(TicketCodes.Expired, "The time of the share is over, and nobody has received all of it. Share it again, perhaps for longer (Send:Lifetime).");
    }

    /// <summary>What policy says now to the share as it is.</summary>
    private PolicyVerdict Judge()
    {
        var verdicts = Ready.Addresses.Select(_endpoint.Judge).Prepend(_services.Policy.JudgeShare(Ready.Form, !_oneTime)).Append(LockedSettings.Judge(_services)).Append(_endpoint.Judge());
        if (Ready.Relay is { } relay)
            verdicts = verdicts.Append(_endpoint.Judge(EndpointAddress.FromRelay(relay)));
        return verdicts.FirstOrDefault(static verdict => !verdict.IsAllowed);
    }

    private async Task AcceptAsync(IProgress<TransferEvent> progress, CancellationTokenSource over)
    {
        var number = 0;
        await foreach (var connection in _endpoint.AcceptAsync(over.Token))
        {
            foreach (var tasks in (ReadOnlySpan<List<Task>>)[_serving, _previews, _closing])
                tasks.RemoveAll(static task => task.IsCompleted);
            if (connection.Protocol == Alpn.Metadata)
            {
                if (_previews.Count < MaxPreviews)
                    _previews.Add(_preview.ServeAsync(connection, over.Token));
                else
                    _closing.Add(RefuseAsync(connection));
                continue;
            }

            var receiver = new ReceiverConnection(connection, number + 1, _share, _ledger.Of(connection.RemoteId), _services.TimeProvider, progress);
            if (!_roster.TryAdd(receiver, out var leaving))
            {
                _closing.Add(receiver.CloseAsync(TransferCloseCodes.Busy, "no room"));
                continue;
            }

            number++;
            if (leaving is not null)
                _closing.Add(leaving.CloseAsync(TransferCloseCodes.Busy, "others wait"));
            _serving.Add(ServeAsync(receiver, over));
        }
    }

    private static async Task RefuseAsync(IConnection connection)
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception exception) when (exception is AltSendmeException or IOException)
        {
            // It is gone, which is what was wanted.
        }
    }

    private async Task ServeAsync(ReceiverConnection receiver, CancellationTokenSource over)
    {
        await receiver.ServeAsync(over.Token);

        // At the share's end its receivers stay in the roster: whoever ended it tells them why.
        if (!over.IsCancellationRequested)
        {
            await receiver.CloseAsync(TransferCloseCodes.Done, "");
            _roster.Remove(receiver);
        }

        if (receiver.HasEverything && _oneTime)
            await over.CancelAsync();
    }

    private async Task EndAsync(CloseCode code, string reason)
    {
        await Task.WhenAll(_roster.All.Select(receiver => receiver.CloseAsync(code, reason)));
        await Task.WhenAll([.. _serving, .. _previews, .. _closing]);
    }

    private void Sample()
    {
        foreach (var receiver in _roster.All)
            receiver.Sample();
    }
}
