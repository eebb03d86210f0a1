namespace AltSendme.Transports.MsQuic;

/// <summary>Bytes of all streams of a connection, so that a close can wait for what was sent before it. Thread-safe.</summary>
/// <param name="onReceived">Told after every change of what was received.</param>
internal sealed class ByteAccount(Action onReceived)
{
    private long _sent;
    private long _received;

    /// <summary>Bytes handed to QUIC so far, or about to be.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Bytes taken from QUIC.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>So many bytes leave.</summary>
    public void OnSending(int count) => Interlocked.Add(ref _sent, count);

    /// <summary>So many bytes have arrived.</summary>
    public void OnReceived(int count)
    {
        Interlocked.Add(ref _received, count);
        onReceived();
    }
}
