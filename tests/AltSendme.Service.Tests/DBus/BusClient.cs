using System.Threading.Channels;
using AltSendme.Service.DBus.Api;
using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Values;

namespace AltSendme.Service.Tests.DBus;

/// <summary>Another program on the bus, with calls of the service's object at hand.</summary>
internal sealed class BusClient : IAsyncDisposable
{
    private readonly Channel<BusMessage> _signals = Channel.CreateUnbounded<BusMessage>();

    public static readonly IReadOnlyDictionary<string, Variant> NoOptions = new Dictionary<string, Variant>();

    /// <summary>For shares that need no desktop.</summary>
    public static readonly IReadOnlyDictionary<string, Variant> Quiet = new Dictionary<string, Variant> { ["copy"] = false, ["notify"] = false };

    public required BusConnection Connection { get; init; }

    public static async Task<BusClient> ConnectAsync(BusDaemon bus, CancellationToken cancellationToken)
    {
        BusClient? client = null;
        var early = Channel.CreateUnbounded<BusMessage>();
        var connection = await BusConnection.OpenAsync(bus.Address, (_, message) => (client?._signals ?? early).Writer.TryWrite(message), cancellationToken);
        client = new BusClient { Connection = connection };
        return client;
    }

    /// <summary>Waits until somebody owns a name.</summary>
    public async Task UntilOwnedAsync(string name, CancellationToken cancellationToken)
    {
        await MatchAsync($"type='signal',sender='{BusConnection.Driver}',member='NameOwnerChanged',arg0='{name}'", cancellationToken);
        if (await DriverAsync("NameHasOwner", "s", cancellationToken, name) is [true])
            return;
        await SignalAsync(message => message is { Member: "NameOwnerChanged", Body: [string changed, _, string { Length: > 0 }] } && changed == name, cancellationToken);
    }

    public Task MatchAsync(string rule, CancellationToken cancellationToken) => DriverAsync("AddMatch", "s", cancellationToken, rule);

    public async Task<IReadOnlyList<object>> DriverAsync(string member, string signature, CancellationToken cancellationToken, params object[] body) =>
        (await Connection.CallAsync(BusMessage.Call(BusConnection.Driver, BusConnection.DriverPath, BusConnection.Driver, member, signature, body), cancellationToken)).Body;

    /// <summary>Calls the service's own interface.</summary>
    public async Task<IReadOnlyList<object>> CallAsync(string member, string signature, CancellationToken cancellationToken, params object[] body) =>
        (await Connection.CallAsync(BusMessage.Call(AltSendmeObject.Name, AltSendmeObject.Path, AltSendmeObject.Name, member, signature, body), cancellationToken)).Body;

    public async Task<string> SendAsync(string[] uris, IReadOnlyDictionary<string, Variant> options, CancellationToken cancellationToken) => (string)(await CallAsync("Send", "asa{sv}", cancellationToken, uris, options))[0];

    /// <summary>The next message that is wanted.</summary>
    public async Task<BusMessage> SignalAsync(Func<BusMessage, bool> isWanted, CancellationToken cancellationToken)
    {
        await foreach (var message in _signals.Reader.ReadAllAsync(cancellationToken))
        {
            if (isWanted(message))
                return message;
        }

        throw new InvalidOperationException("The bus ended.");
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
