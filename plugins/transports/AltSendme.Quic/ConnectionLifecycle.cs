namespace AltSendme.Quic;

/// <summary>Life of a connection (RFC 9000, section 10). Only this type assigns the state.</summary>
internal sealed class ConnectionLifecycle
{
    private State _state = State.Handshaking;

    private enum State
    {
        Handshaking,
        Established,
        Confirmed,
        Closing,
        Draining,
        Drained,
    }

    /// <summary>Whether frames may be sent and taken.</summary>
    public bool IsOpen => _state is State.Handshaking or State.Established or State.Confirmed;

    /// <summary>Whether the peer is authenticated and streams may be used.</summary>
    public bool IsEstablished => _state is State.Established or State.Confirmed;

    /// <summary>Whether the handshake is confirmed (RFC 9001, section 4.1.2).</summary>
    public bool IsConfirmed => _state == State.Confirmed;

    /// <summary>Whether we closed and answer what still comes.</summary>
    public bool IsClosing => _state == State.Closing;

    /// <summary>Whether both ends know that it is over, and late packets are waited for.</summary>
    public bool IsDraining => _state == State.Draining;

    /// <summary>Whether the connection may be forgotten.</summary>
    public bool IsDrained => _state == State.Drained;

    /// <summary>The handshake is complete.</summary>
    public void OnEstablished() => Move(State.Established, [State.Handshaking]);

    /// <summary>The handshake is confirmed.</summary>
    public void OnConfirmed() => Move(State.Confirmed, [State.Established]);

    /// <summary>We close.</summary>
    public void OnLocalClose() => Move(State.Closing, [State.Handshaking, State.Established, State.Confirmed]);

    /// <summary>The peer closed, or forgot us.</summary>
    public void OnPeerClose() => Move(State.Draining, [State.Handshaking, State.Established, State.Confirmed, State.Closing]);

    /// <summary>Nothing came for too long, or nothing needs to be sent.</summary>
    public void OnAbandoned() => Move(State.Drained, [State.Handshaking, State.Established, State.Confirmed]);

    /// <summary>Late packets were waited for long enough.</summary>
    public void OnDrainTimeout() => Move(State.Drained, [State.Closing, State.Draining]);

    private void Move(State to, ReadOnlySpan<State> from)
    {
        if (!from.Contains(_state))
            throw new InvalidOperationException($"A connection cannot go from {_state} to {to}.");
        _state = to;
    }
}
