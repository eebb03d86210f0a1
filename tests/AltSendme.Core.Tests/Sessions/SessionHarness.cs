using AltSendme.Abstractions;
using AltSendme.Blobs.Collections;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Stores;
using AltSendme.Core.Identity;
using AltSendme.Core.Plugins;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.Core.Sending;
using AltSendme.Core.Settings;
using AltSendme.Core.Tickets;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sessions;

/// <summary>Both sides of a transfer in one process, over a memory network.</summary>
internal sealed class SessionHarness : IAsyncDisposable
{
    private static readonly PluginManifest Manifest = new()
    {
        Id = "test.iroh",
        Kind = PluginKind.Transport,
        Schemes = ["memory"],
        Version = "1.0",
        ContractVersion = ContractVersion.Current,
        Assembly = "none.dll",
        Type = "none",
    };

    private readonly List<IAsyncDisposable> _owned = [];

    public SessionHarness(params LoadedPlugin[] others)
    {
        var files = new SettingsFiles(Path.Combine(Folder.Path, "machine.json"), Path.Combine(Folder.Path, "user.json"), Path.Combine(Folder.Path, "state"));
        Services = CoreServices.Open(files, [], policySources: [], commandLine: null, linked: [new LoadedPlugin(Manifest with { Id = "test.tls" }, Spare.Offer), new LoadedPlugin(Manifest, Network.Offer), .. others]);
    }

    public TemporaryFolder Folder { get; } = new();

    public MemoryNetwork Network { get; } = new();

    /// <summary>The network of a second transport, which is tried after the first.</summary>
    public MemoryNetwork Spare { get; } = new() { IsDown = true };

    public CoreServices Services { get; }

    public EventLog Sent { get; } = new();

    public EventLog Received { get; } = new();

    public string Destination => Path.Combine(Folder.Path, "in");

    /// <summary>Shares real files; the task ends when the share does.</summary>
    public Task<(BlobTicket Ticket, Task Running)> ShareAsync(bool oneTime, CancellationToken cancellationToken, params string[] names) => ShareAsync(TicketForm.Auto, oneTime, cancellationToken, names);

    /// <summary>The same, with a ticket of a certain form.</summary>
    public async Task<(BlobTicket Ticket, Task Running)> ShareAsync(TicketForm form, bool oneTime, CancellationToken cancellationToken, params string[] names)
    {
        var session = await ShareSession.OpenAsync(Services, new ShareRequest { Paths = [.. names.Select(name => Path.Combine(Folder.Path, name))], TicketForm = form, OneTime = oneTime }, Sent, cancellationToken);
        Sent.Report(session.Ready);
        _owned.Add(session);
        return (BlobTicket.Parse(session.Ready.Text), session.RunAsync(Sent, cancellationToken));
    }

    /// <summary>Serves a collection that no honest sender would make.</summary>
    public Task<BlobTicket> ServeAsync(Collection collection, params byte[][] contents) => ServeAsync(collection, contents, null);

    /// <summary>The same, with previews in a way of the test's own.</summary>
    public async Task<BlobTicket> ServeAsync(Collection collection, byte[][] contents, Func<IByteStream, Task>? preview)
    {
        var store = new InPlaceStore();
        foreach (var content in contents)
            store.Add(new MemoryBlob("content", content));
        store.Add(new MemoryBlob("names", collection.Metadata));
        var sequence = new MemoryBlob("sequence", collection.Sequence.Bytes);
        store.Add(sequence);
        return await ServeAsync(sequence.Hash, stream => new BlobProvider(store).ServeAsync(stream, null, CancellationToken.None), preview);
    }

    /// <summary>Answers every stream in a way of the test's own.</summary>
    public async Task<BlobTicket> ServeAsync(Blobs.Hash root, Func<IByteStream, Task> answer, Func<IByteStream, Task>? preview = null)
    {
        var key = EndpointKey.Generate();
        var transport = new MemoryTransport(Network, key);
        _owned.Add(transport);
        await transport.ListenAsync(new ListenOptions(preview is null ? [Alpn.Blobs] : [Alpn.Blobs, Alpn.Metadata]));
        _ = AcceptAsync(transport, answer, preview);
        EndpointAddress.TryCreate("memory", "x", out var address);
        return new BlobTicket { Endpoint = key.Id, Root = root, Format = BlobFormat.HashSequence, Addresses = [address] };
    }

    public Task<ReceiveCompleted> ReceiveAsync(BlobTicket ticket, ConflictRule conflict = ConflictRule.Rename, Func<PreviewReady, CancellationToken, ValueTask<bool>>? consent = null, TimeSpan? retryFor = null) =>
        new ReceiveSession(Services, Request(ticket, conflict, consent, retryFor), Received).RunAsync();

    public ReceiveRequest Request(BlobTicket ticket, ConflictRule conflict, Func<PreviewReady, CancellationToken, ValueTask<bool>>? consent, TimeSpan? retryFor) => new()
    {
        Ticket = ticket,
        Destination = Destination,
        Conflict = conflict,
        Consent = consent ?? ((_, _) => ValueTask.FromResult(true)),
        RetryFor = retryFor ?? TimeSpan.FromSeconds(30),
    };

    /// <summary>Every file at the destination, unfinished ones included, with <c>/</c> between folders.</summary>
    public IReadOnlyList<string> Arrived() => !Directory.Exists(Destination) ? [] : [.. Directory.EnumerateFiles(Destination, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Destination, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            await owned.DisposeAsync();
        await Services.DisposeAsync();
        Folder.Dispose();
    }

    private static async Task AcceptAsync(MemoryTransport transport, Func<IByteStream, Task> answer, Func<IByteStream, Task>? preview)
    {
        await foreach (var connection in transport.AcceptAsync())
        {
            _ = Task.Run(async () =>
            {
                while (await connection.AcceptStreamAsync() is { } stream)
                {
                    try
                    {
                        await (connection.Protocol == Alpn.Metadata ? preview! : answer)(stream);
                    }
                    catch (Exception exception) when (exception is AltSendmeException or IOException or InvalidOperationException)
                    {
                        // The receiver left; the next stream is another matter.
                    }
                }
            });
        }
    }
}
