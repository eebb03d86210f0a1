using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>A discovery service that runs for one test, and the client that is tested with it.</summary>
/// <param name="open">Makes a client for one endpoint.</param>
public sealed class DiscoveryUnderTest(Func<EndpointContext, IDiscovery> open) : IAsyncDisposable
{
    /// <summary>Ends the service.</summary>
    public Func<ValueTask> Stop { get; init; } = static () => ValueTask.CompletedTask;

    /// <summary>The client of the endpoint with this number; the caller disposes it.</summary>
    public IDiscovery Open(byte number) => open(new EndpointContext(new TestIdentity(number), NoRelays.Instance));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Stop();
}
