using System.Diagnostics.CodeAnalysis;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Multiplexing;

/// <summary>What the session has to send: frames without payload first, then data, one frame a stream in turn.</summary>
internal sealed partial class MuxSession
{
    /// <summary>The most that one stream writes into the control part of a batch: opening, reset, stop and window.</summary>
    private const int MaxControlOfStream = 4 * Frame.MaxHeaderLength;

    /// <summary>Room that <see cref="WriteControl"/> needs to make progress.</summary>
    public const int MinControlRoom = (5 * Frame.MaxHeaderLength) + MuxLimits.MaxSettingsLength;

    /// <summary>Room in a batch below which a turn would make a needlessly small frame.</summary>
    private const int MinTurnRoom = 4096;

    /// <summary>Whether frames without payload wait.</summary>
    public bool HasControl => _settingsPending || _pingPending is not null || _pongPending is not null || _control.Count > 0 || MustGrantStreams;

    /// <summary>Whether <see cref="WriteControl"/> or <see cref="TryTakeTurn"/> has something to do.</summary>
    public bool HasWork => HasControl || _senders.Count > 0;

    /// <summary>Places are granted in bundles, but early enough that a peer never runs out while places are free.</summary>
    private bool MustGrantStreams => _freedPeerStreams > 0 && (_freedPeerStreams >= _peerOpenCredit || _freedPeerStreams >= MuxLimits.MaxPeerStreams / 4);

    /// <summary>Writes waiting frames without payload, as many as fit, and returns their bytes. Streams whose half is over by it are added to <paramref name="ended"/>.</summary>
    public int WriteControl(Span<byte> destination, List<StreamState> ended)
    {
        if (destination.Length < MinControlRoom)
            return 0;
        var length = WriteConnectionFrames(destination);
        while (_control.Count > 0 && destination.Length - length >= MaxControlOfStream)
        {
            var stream = _control.Dequeue();
            stream.IsInControlQueue = false;
            length += WriteStreamFrames(destination[length..], stream, ended);
        }

        return length;
    }

    /// <summary>The stream whose turn it is to send data or its end, and how many bytes it may send; 0 when only an end could be sent.</summary>
    /// <param name="room">Bytes left in the batch; nobody has a turn where it is too small to be worth a frame.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="allowance">The bytes.</param>
    public bool TryTakeTurn(int room, [NotNullWhen(true)] out StreamState? stream, out int allowance)
    {
        stream = null;
        while (room >= MinTurnRoom && _control.Count == 0 && _senders.TryDequeue(out stream))   // an opening goes before its data
        {
            stream.IsInSendQueue = false;
            if (!stream.Sending.IsOpen)
                continue;
            allowance = (int)Math.Min(stream.Sending.Credit, MuxLimits.MaxDataLength);
            return true;
        }

        stream = null;
        allowance = 0;
        return false;
    }

    /// <summary>Ends a turn.</summary>
    /// <param name="stream">Whose turn it was.</param>
    /// <param name="sent">Bytes put into a data frame; 0 for no frame.</param>
    /// <param name="hasMore">Whether the stream has more data waiting.</param>
    /// <param name="finished">Whether its end was written.</param>
    /// <returns>False when the stream was given up in the meantime: the frames of the turn must not be sent.</returns>
    public bool TryEndTurn(StreamState stream, int sent, bool hasMore, bool finished)
    {
        if (!stream.Sending.IsOpen)
            return false;
        stream.Sending.OnSent(sent);
        if (finished)
        {
            stream.Sending.OnFinished();
            Forget(stream);
        }
        else if (hasMore && stream.Sending.Credit > 0)
        {
            QueueSender(stream);
        }
        else if (hasMore && !stream.IsBlocked)
        {
            stream.IsBlocked = true;
            _blockedSenders++;
        }

        return true;
    }

    private int WriteConnectionFrames(Span<byte> destination)
    {
        var length = 0;
        if (_settingsPending)
        {
            Span<byte> payload = stackalloc byte[MuxLimits.MaxSettingsLength];
            payload = payload[..MuxSettings.Default.Write(payload)];
            length += FrameWriter.Write(destination, Frame.Settings(payload.Length));
            payload.CopyTo(destination[length..]);
            length += payload.Length;
            _settingsPending = false;
        }

        if (_pongPending is { } pong)
            length += FrameWriter.Write(destination[length..], Frame.Pong(pong));
        if (_pingPending is { } ping)
            length += FrameWriter.Write(destination[length..], Frame.Ping(ping));
        _pongPending = null;
        _pingPending = null;

        if (MustGrantStreams)
        {
            length += FrameWriter.Write(destination[length..], Frame.Streams(_freedPeerStreams));
            _peerOpenCredit += _freedPeerStreams;
            _freedPeerStreams = 0;
        }

        return length;
    }

    private int WriteStreamFrames(Span<byte> destination, StreamState stream, List<StreamState> ended)
    {
        var length = 0;
        if (stream.IsOpenPending)
        {
            stream.IsOpenPending = false;
            length += FrameWriter.Write(destination, Frame.Open(stream.Id));
        }

        if (stream.Receiving.TakeGrant() is > 0 and var grant && !stream.Receiving.IsReleased)
            length += FrameWriter.Write(destination[length..], Frame.Window(stream.Id, grant));

        if (stream.Receiving.StopPending is { } code)
        {
            length += FrameWriter.Write(destination[length..], Frame.Stop(stream.Id, code));
            stream.Receiving.OnStopSent();
        }

        if (stream.Sending.IsResetPending)
        {
            length += FrameWriter.Write(destination[length..], Frame.Reset(stream.Id, stream.Sending.ResetCode));
            stream.Sending.OnResetSent();
            ended.Add(stream);
            Forget(stream);
        }

        return length;
    }
}
