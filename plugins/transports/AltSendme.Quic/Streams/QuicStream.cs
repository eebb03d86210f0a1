namespace AltSendme.Quic.Streams;

/// <summary>The halves of a stream that this end has.</summary>
internal sealed class QuicStream(StreamId id, SendStream? send, ReceiveStream? receive)
{
    /// <summary>The stream.</summary>
    public StreamId Id { get; } = id;

    /// <summary>What we send; null on the peer's unidirectional streams, and once the connection ended.</summary>
    public SendStream? Send { get; private set; } = send;

    /// <summary>What we receive; null on our unidirectional streams.</summary>
    public ReceiveStream? Receive { get; } = receive;

    /// <summary>Whether it is queued because some frame other than STREAM should be sent.</summary>
    public bool IsControlQueued { get; set; }

    /// <summary>Whether the application was told that everything was sent.</summary>
    public bool IsSentReported { get; set; }

    /// <summary>Nothing will be sent any more.</summary>
    public void EndSending()
    {
        Send?.Dispose();
        Send = null;
    }

    /// <summary>Whether both halves are through.</summary>
    public bool IsDone => Send is not { IsDone: false } && Receive is not { IsDone: false };
}
