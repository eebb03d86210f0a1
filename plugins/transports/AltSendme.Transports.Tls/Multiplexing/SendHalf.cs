using System.Diagnostics;

namespace AltSendme.Transports.Tls.Multiplexing;

/// <summary>This side's half of a stream. Only its methods move it, and an ended half stays as it ended.</summary>
internal sealed class SendHalf(ulong credit)
{
    private enum Phase
    {
        Open,
        ResetPending,
        Finished,
        Reset,
    }

    private Phase _phase = Phase.Open;

    /// <summary>Bytes that the peer is still ready to take.</summary>
    public ulong Credit { get; private set; } = credit;

    /// <summary>Why the half is given up, once it is.</summary>
    public ulong ResetCode { get; private set; }

    /// <summary>Whether data and the end may still be sent.</summary>
    public bool IsOpen => _phase == Phase.Open;

    /// <summary>Whether a reset waits to be written.</summary>
    public bool IsResetPending => _phase == Phase.ResetPending;

    /// <summary>Whether the last frame of this half has been written.</summary>
    public bool IsEnded => _phase is Phase.Finished or Phase.Reset;

    /// <summary>Takes a grant of the peer; false when it would pass the largest possible sum.</summary>
    public bool TryGrant(ulong credit)
    {
        if (credit > Wire.MuxLimits.MaxCredit - Credit)
            return false;
        Credit += credit;
        return true;
    }

    /// <summary>Bytes were put on the wire.</summary>
    public void OnSent(int length)
    {
        Debug.Assert(IsOpen && (ulong)length <= Credit, "Only granted bytes of an open half are sent.");
        Credit -= (ulong)length;
    }

    /// <summary>The end was put on the wire.</summary>
    public void OnFinished()
    {
        Debug.Assert(IsOpen, "Only an open half is finished.");
        _phase = Phase.Finished;
    }

    /// <summary>Gives the half up; false when it had already ended or been given up.</summary>
    public bool TryReset(ulong code)
    {
        if (!IsOpen)
            return false;
        _phase = Phase.ResetPending;
        ResetCode = code;
        return true;
    }

    /// <summary>The reset was put on the wire.</summary>
    public void OnResetSent()
    {
        Debug.Assert(IsResetPending, "Only a pending reset is sent.");
        _phase = Phase.Reset;
    }
}
