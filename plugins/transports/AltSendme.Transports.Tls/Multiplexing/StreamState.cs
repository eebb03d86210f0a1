using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Multiplexing;

/// <summary>A stream as the session sees it: two halves, and the places in the queues of what is to be sent.</summary>
internal sealed class StreamState(StreamId id, bool isLocal, SendHalf sending, ReceiveHalf receiving)
{
    /// <summary>Number on the wire.</summary>
    public StreamId Id { get; } = id;

    /// <summary>Whether this side opened it.</summary>
    public bool IsLocal { get; } = isLocal;

    /// <summary>This side's half.</summary>
    public SendHalf Sending { get; } = sending;

    /// <summary>The peer's half.</summary>
    public ReceiveHalf Receiving { get; } = receiving;

    /// <summary>Who is told about the ends; set right after the stream was made, before any frame for it is looked at.</summary>
    public IStreamEnds? Ends { get; set; }

    /// <summary>Whether the opening still has to be written.</summary>
    public bool IsOpenPending { get; set; } = isLocal;

    /// <summary>Whether it waits to write frames without payload.</summary>
    public bool IsInControlQueue { get; set; }

    /// <summary>Whether it waits for its turn to send data.</summary>
    public bool IsInSendQueue { get; set; }

    /// <summary>Whether it has data but no credit; a grant puts it back into the queue.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Whether neither side will send a frame for it that matters.</summary>
    public bool IsOver => Sending.IsEnded && Receiving.IsEnded;
}
