using AltSendme.Abstractions;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Connections;

/// <summary>Why and how a connection ends. The first to begin the end decides; everybody else only learns of it. Thread-safe.</summary>
internal sealed class ConnectionEnd
{
    private State? _state;
    private int _hasStoppedDraining;

    private sealed record State(ConnectionClosure Closure, Farewell Farewell, MuxFaultCode FaultCode, Exception? Cause);

    /// <summary>Whether the end has begun.</summary>
    public bool HasBegun => Volatile.Read(ref _state) is not null;

    /// <summary>How it ends, once it does.</summary>
    public ConnectionClosure? Closure => Volatile.Read(ref _state)?.Closure;

    /// <summary>The cause, where there is one.</summary>
    public Exception? Cause => Volatile.Read(ref _state)?.Cause;

    /// <summary>What is still to be said.</summary>
    public Farewell Farewell => Volatile.Read(ref _state)?.Farewell ?? Farewell.None;

    /// <summary>Whether what was flushed before is still sent.</summary>
    public bool IsDraining => Farewell == Farewell.Close && Volatile.Read(ref _hasStoppedDraining) == 0;

    /// <summary>The rule broken, for <see cref="Farewell.Fault"/>.</summary>
    public MuxFaultCode FaultCode => Volatile.Read(ref _state)?.FaultCode ?? default;

    /// <summary>The application ends the connection.</summary>
    public bool TryCloseHere(CloseCode code, string reason) => TryBegin(new State(new ConnectionClosure(CloseInitiator.Local, code, reason), Farewell.Close, default, null));

    /// <summary>The peer's application ended the connection.</summary>
    public bool TryCloseByPeer(CloseCode code, string reason) => TryBegin(new State(new ConnectionClosure(CloseInitiator.Peer, code, reason), Farewell.None, default, null));

    /// <summary>The peer broke a rule of the protocol.</summary>
    public bool TryFault(MuxFault fault) => TryBegin(new State(
        Lost(fault.Words), Farewell.Fault, fault.Code, new TransportException("tls.protocol-violation", $"The peer broke the transport's protocol. {fault.Words}")));

    /// <summary>The peer says that this side broke a rule.</summary>
    public bool TryFaultByPeer(ulong code, string reason) => TryBegin(new State(
        Lost(reason), Farewell.None, default, new TransportException("tls.protocol-violation", $"The peer ended the connection over a breach of the transport's protocol (rule {code}).")));

    /// <summary>The link is gone.</summary>
    public bool TryLose(string reason, Exception? cause) => TryBegin(new State(Lost(reason), Farewell.None, default, cause));

    /// <summary>Drops what has not been sent, so that the farewell comes through; false when that was done before, or there was nothing to wait for.</summary>
    public bool TryStopDraining() => Farewell == Farewell.Close && Interlocked.Exchange(ref _hasStoppedDraining, 1) == 0;

    private static ConnectionClosure Lost(string reason) => new(CloseInitiator.Transport, CloseCode.None, reason);

    private bool TryBegin(State state) => Interlocked.CompareExchange(ref _state, state, null) is null;
}
