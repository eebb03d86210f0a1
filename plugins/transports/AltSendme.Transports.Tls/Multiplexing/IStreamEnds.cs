using AltSendme.Abstractions;

namespace AltSendme.Transports.Tls.Multiplexing;

/// <summary>What a stream's owner is told about the peer's half and its own. Called by the connection's loops, outside the session's lock.</summary>
internal interface IStreamEnds
{
    /// <summary>The peer has sent everything.</summary>
    void OnPeerFinished();

    /// <summary>The peer gave its half up.</summary>
    void OnPeerReset(CloseCode code);

    /// <summary>The peer will not read any more.</summary>
    void OnPeerStopped(CloseCode code);

    /// <summary>The end of this side's half has been handed to the network: what is left of it can be freed.</summary>
    void OnSendingEnded();
}
