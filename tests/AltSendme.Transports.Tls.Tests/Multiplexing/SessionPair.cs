using AltSendme.Transports.Tls.Multiplexing;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Tests.Multiplexing;

/// <summary>A session under test with a peer that can say anything; no I/O, no clock.</summary>
internal sealed class SessionPair
{
    private readonly byte[] _batch = new byte[MuxLimits.BatchLength];

    public SessionPair(ulong window = MuxLimits.InitialWindow, ulong streams = MuxLimits.MaxPeerStreams)
    {
        Session = new MuxSession(Side.Acceptor);
        Assert.True(Session.TryApply(new MuxSettings(window, streams), out _));
        Assert.Equal(FrameType.Settings, Assert.Single(Sent()).Type);
    }

    public MuxSession Session { get; }

    public TimeSpan Now { get; set; }

    /// <summary>Lets a frame arrive that is fine, and returns its stream.</summary>
    public StreamState? Receive(Frame frame)
    {
        Assert.True(Session.TryReceive(frame, Now, out var stream, out var fault), fault.Words);
        return stream;
    }

    /// <summary>Lets a frame arrive that is not, and returns the rule.</summary>
    public MuxFaultCode Refused(Frame frame)
    {
        Assert.False(Session.TryReceive(frame, Now, out _, out var fault));
        return fault.Code;
    }

    public StreamState Open()
    {
        Assert.True(Session.TryOpen(Now, out var stream));
        return stream;
    }

    /// <summary>The frames without payload that wait to be sent (of settings, the header).</summary>
    public List<Frame> Sent()
    {
        var frames = new List<Frame>();
        var rest = _batch.AsSpan(0, Session.WriteControl(_batch, []));
        while (FrameReader.Read(rest, out var frame, out var length, out _) == FrameStatus.Complete)
        {
            frames.Add(frame);
            rest = rest[(length + frame.PayloadLength)..];
        }

        return frames;
    }

    /// <summary>Gives the next stream its turn and lets it send all it may of <paramref name="waiting"/> bytes; returns whose turn it was and how many.</summary>
    public (StreamState? Stream, int Sent) Turn(int waiting, bool completed = false)
    {
        if (!Session.TryTakeTurn(_batch.Length, out var stream, out var allowance))
            return (null, 0);
        var sent = Math.Min(waiting, allowance);
        Assert.True(Session.TryEndTurn(stream, sent, sent < waiting, completed && sent == waiting));
        return (stream, sent);
    }
}
