namespace AltSendme.Transports.Tls.Multiplexing;

/// <summary>The peer's half of a stream. The wire and the reader on this side end it independently: a half is over for good when both have.</summary>
internal sealed class ReceiveHalf(ReceiveWindow window)
{
    private ulong _grantPending;

    /// <summary>Flow control of this half.</summary>
    public ReceiveWindow Window { get; } = window;

    /// <summary>Whether the peer has sent its end or given up.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether the reader on this side is done, so that what still arrives is thrown away.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>Whether more may come and somebody wants it.</summary>
    public bool IsWanted => !IsEnded && !IsReleased;

    /// <summary>Why the peer is asked to stop, while that waits to be written.</summary>
    public ulong? StopPending { get; private set; }

    /// <summary>The peer's last frame of this half has arrived: nothing has to be granted or stopped any more.</summary>
    public void OnEnded()
    {
        IsEnded = true;
        StopPending = null;
        _grantPending = 0;
    }

    /// <summary>The reader took everything or lost interest; false when it had before.</summary>
    public bool TryRelease()
    {
        if (IsReleased)
            return false;
        IsReleased = true;
        return true;
    }

    /// <summary>Asks the peer to stop; false when its half is over anyway.</summary>
    public bool TryStop(ulong code)
    {
        if (!IsWanted)
            return false;
        StopPending = code;
        return true;
    }

    /// <summary>Grants bytes in the next batch.</summary>
    public void Grant(long credit) => _grantPending += (ulong)credit;

    /// <summary>Takes the grant that waits to be written; 0 when there is none.</summary>
    public ulong TakeGrant()
    {
        var grant = _grantPending;
        _grantPending = 0;
        return grant;
    }

    /// <summary>Takes the stop that waits to be written.</summary>
    public void OnStopSent() => StopPending = null;
}
