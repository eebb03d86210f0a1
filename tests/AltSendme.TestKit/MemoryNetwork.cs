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

    /// <summary>Connections made so far.</summary>
    public int Dials { get; private set; }

    /// <summary>Bytes that accepting sides sent.</summary>
    public long BytesServed => Interlocked.Read(ref _bytesServed);

    private long _bytesServed;

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

    internal void Listen(MemoryTransport transport) => _listeners[transport.Id] = transport;

    internal void Leave(MemoryTransport transport) => _listeners.TryRemove(new KeyValuePair<EndpointId, MemoryTransport>(transport.Id, transport));

    internal MemoryConnection? Connect(EndpointId from, EndpointId to, Alpn protocol)
    {
        if (!_listeners.TryGetValue(to, out var listener) || !listener.Protocols.Contains(protocol))
            return null;
        var (dialled, accepted) = MemoryConnection.Pair(this, from, to, protocol);
        lock (_connections)
        {
            _connections.Add(dialled);
            Dials++;
        }

        listener.Arrive(accepted);
        return dialled;
    }

    internal ReadOnlyMemory<byte> Carry(ReadOnlyMemory<byte> bytes)
    {
        Interlocked.Add(ref _bytesServed, bytes.Length);
        return Tamper?.Invoke(bytes) ?? bytes;
    }
}
