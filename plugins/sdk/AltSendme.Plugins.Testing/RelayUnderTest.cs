using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>A relay that runs for one test, and the client that is tested with it.</summary>
/// <param name="url">The relay's URL.</param>
/// <param name="open">Makes a tunnel.</param>
public sealed class RelayUnderTest(Uri url, Func<RelayContext, IRelay> open) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<IRelay> _opened = [];

    /// <summary>The relay's URL.</summary>
    public Uri Url => url;

    /// <summary>Ends the relay, once the tunnels have been disposed.</summary>
    public Func<ValueTask> Stop { get; init; } = static () => ValueTask.CompletedTask;

    /// <summary>A token for the relay, where it asks for one.</summary>
    public string? Token { get; init; }

    /// <summary>A tunnel of the endpoint with this number, disposed with the relay.</summary>
    public IRelay Open(byte number)
    {
        var tunnel = open(new RelayContext(new TestIdentity(number), url) { AccessToken = Token });
        _opened.Add(tunnel);
        return tunnel;
    }

    /// <summary>A tunnel that stands.</summary>
    public async Task<IRelay> ConnectAsync(byte number)
    {
        var tunnel = Open(number);
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var state in tunnel.WatchStateAsync(limit.Token))
        {
            if (state.Status == RelayStatus.Connected)
                return tunnel;
            Assert.False(state.Status is RelayStatus.Refused or RelayStatus.Closed, $"The tunnel did not connect: {state.Status} {state.Detail}");
        }

        throw new InvalidOperationException("The tunnel's states ended before it was connected.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var tunnel in _opened)
            await tunnel.DisposeAsync();
        await Stop();
    }
}
