using System.Collections.Concurrent;
using AltSendme.Abstractions;

namespace AltSendme.TestKit;

/// <summary>A network inside the process: transports find each other by id, bytes go through pipes. Links can be cut and bytes changed on their way.</summary>
public sealed class MemoryNetwork
{
    private readonly ConcurrentDictionary<EndpointId, MemoryTransport> _listeners = new();
    private readonly List<MemoryConnection> _connections = [];

    /// <summary>Called with each piece that an accepting side sends; what it returns arrives instead.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Tamper { get; set; }

    /// <summary>Connections for content made so far.</summary>
    public int Dials { get; private set; }

    /// <summary>Bytes that accepting sides sent.</summary>
    public long BytesServed => Interlocked.Read(ref _bytesServed);

    private long _bytesServed;
    private TaskCompletionSource _open = Open();

    /// <summary>An offer for a plugin host.</summary>
    public PluginOffer Offer => new() { Transport = context => new MemoryTransport(this, context.Identity) };

    /// <summary>Cuts every connection, as if the cable was pulled.</summary>
    public void CutAll()
    {
        MemoryConnection[] connections;
        lock (_connections)
            connections = [.. _connections];
        foreach (var connection in connections)
            connection.Lose();
    }

    /// <summary>Scheme of its addresses; to be set before anybody listens.</summary>
    public string Scheme { get; set; } = "memory";

    /// <summary>Whether dials fail from now on, as on a network without a way.</summary>
    public bool IsDown { get; set; }

    /// <summary>From now on nothing passes and nobody is told, as when a firewall begins to drop packets; dials hang.</summary>
    public void FallSilent() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets everything pass that waited.</summary>
    public void Speak() => _open.TrySetResult();

    /// <summary>Completes when bytes may pass.</summary>
    internal Task PassAsync() => _open.Task;

    internal void Listen(MemoryTransport transport) => _listeners[transport.Id] = transport;

    internal void Leave(MemoryTransport transport) => _listeners.TryRemove(new KeyValuePair<EndpointId, MemoryTransport>(transport.Id, transport));

    internal MemoryConnection? Connect(EndpointId from, EndpointId to, Alpn protocol)
    {
        if (IsDown || !_listeners.TryGetValue(to, out var listener) || !listener.Protocols.Contains(protocol))
            return null;
        var (dialled, accepted) = MemoryConnection.Between(this, from, to, protocol);
        lock (_connections)
        {
            _connections.Add(dialled);
            Dials += protocol == Alpn.Blobs ? 1 : 0;
        }

        listener.Arrive(accepted);
        return dialled;
    }

    internal ReadOnlyMemory<byte> Carry(ReadOnlyMemory<byte> bytes)
    {
        Interlocked.Add(ref _bytesServed, bytes.Length);
        return Tamper?.Invoke(bytes) ?? bytes;
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
