namespace AltSendme.Quic.Tests.Simulated;

/// <summary>One direction of a stream as both applications know it. Byte i of stream s is i + s, so that a misplaced byte shows.</summary>
internal sealed class RandomStream
{
    public ulong Written { get; set; }

    public ulong Read { get; set; }

    public bool IsFinished { get; set; }

    public ulong? ResetCode { get; set; }

    public ulong? StopCode { get; set; }

    public bool IsRead { get; set; }

    public bool IsEnded => IsFinished || ResetCode is not null;

    public override string ToString() => $"{Read} of {Written} bytes, finished {IsFinished}, reset {ResetCode}, stopped {StopCode}";
}
