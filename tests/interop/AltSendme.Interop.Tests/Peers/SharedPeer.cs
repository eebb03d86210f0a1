using System.Text.Json;

namespace AltSendme.Interop.Tests.Peers;

/// <summary>One peer for all tests of a class, started by the first test that runs. A test class derives its script's peer from it and asks for it as a class fixture.</summary>
/// <param name="script">Named from the repository's root on.</param>
public abstract class SharedPeer(string script) : IAsyncLifetime
{
    private PeerProcess? _process;

    public Task<JsonElement> AskAsync(object request) => (_process ??= PeerProcess.Start(script)).AskAsync(request);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
