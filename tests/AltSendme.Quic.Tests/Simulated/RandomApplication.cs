using AltSendme.Quic.Simulation;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>An application that opens, writes, reads, ends, resets and stops streams as chance has it, and checks what it reads.</summary>
internal sealed class RandomApplication(
    SimulatedConnection own, SimulatedConnection peer, Dictionary<(SimulatedConnection Sender, ulong Id), RandomStream> streams, SeededRandom chance)
{
    private readonly byte[] _buffer = new byte[8192];
    private readonly List<ulong> _sending = [];
    private bool _isFinishing;

    private Connection Core => own.Core;

    /// <summary>Does one thing.</summary>
    public void Act(SimulatedNetwork network)
    {
        switch (chance.Next(12))
        {
            case 0 or 1:
                Open();
                break;
            case 2 or 3 or 4 or 5:
                WithSending(Write);
                break;
            case 6:
                WithSending(Finish);
                break;
            case 7:
                if (chance.Chance(0.3))
                    WithSending(Reset);
                break;
            case 8:
                if (chance.Chance(0.3))
                    StopOne();
                break;
            case 9:
                WithSending(id => Core.SetPriority(new StreamId(id), (int)chance.Next(5)));
                break;
            case 10:
                Core.TrySendDatagram(_buffer.AsSpan(0, (int)chance.Next(1000)));
                break;
            default:
                ReadAll(network);
                break;
        }
    }

    /// <summary>Ends every stream that is open for sending.</summary>
    public void FinishAll()
    {
        _isFinishing = true;
        AdoptBidirectional();
        foreach (var id in _sending)
            Finish(id);
    }

    /// <summary>Reads what there is; true when every stream of the peer's has ended here.</summary>
    public bool ReadAll(SimulatedNetwork network)
    {
        if (Core.CloseReason is { } reason)
            Assert.Fail($"{Core.Side}: {reason}; {Core.Statistics}; waited for {string.Join(", ", streams.Where(pair => pair.Key.Sender == peer && !pair.Value.IsRead).Select(static pair => $"stream {pair.Key.Id}: {pair.Value}"))}");
        AdoptBidirectional();
        var isDone = true;
        foreach (var ((sender, id), stream) in streams)
        {
            if (sender == peer && !stream.IsRead)
                isDone &= TryReadToEnd(id, stream, network);
        }

        return isDone;
    }

    private void Open()
    {
        var direction = (StreamDirection)chance.Next(2);
        if (Core.TryOpenStream(direction, out var id))
            Begin(id.Value);
    }

    private void Begin(ulong id)
    {
        _sending.Add(id);
        streams.Add((own, id), new RandomStream());
        Write(id);
        if (_isFinishing)
            Finish(id);
    }

    // Streams that the peer opened can be answered.
    private void AdoptBidirectional()
    {
        foreach (var id in own.Received.Keys)
        {
            if (new StreamId(id).Direction == StreamDirection.Bidirectional && !streams.ContainsKey((own, id)))
                Begin(id);
        }
    }

    private void WithSending(Action<ulong> act)
    {
        AdoptBidirectional();
        if (_sending.Count > 0)
            act(_sending[(int)chance.Next((uint)_sending.Count)]);
    }

    private void Write(ulong id)
    {
        var stream = streams[(own, id)];
        var length = (int)chance.Next((uint)_buffer.Length);
        for (var i = 0; i < length; i++)
            _buffer[i] = ByteAt(id, stream.Written + (ulong)i);
        var result = Core.Write(new StreamId(id), _buffer.AsSpan(0, length));
        Assert.True(!stream.IsEnded || result.Status is StreamWriteStatus.Closed or StreamWriteStatus.Stopped);
        stream.Written += (ulong)result.Count;
        if (result.Status == StreamWriteStatus.Stopped && !stream.IsEnded)
        {
            Assert.Equal(stream.StopCode, result.ErrorCode);
            Reset(id);
        }
    }

    private void Finish(ulong id)
    {
        var stream = streams[(own, id)];
        if (!stream.IsEnded && Core.Finish(new StreamId(id)))
            stream.IsFinished = true;
        else if (!stream.IsEnded)
            Reset(id);
    }

    private void Reset(ulong id)
    {
        var stream = streams[(own, id)];
        var code = (ulong)chance.Next(1000);
        if (Core.Reset(new StreamId(id), code))
            stream.ResetCode ??= code;
    }

    private void StopOne()
    {
        foreach (var ((sender, id), stream) in streams)
        {
            if (sender != peer || stream.IsRead || !IsKnown(id) || chance.Chance(0.7))
                continue;
            stream.StopCode = chance.Next(1000);
            stream.IsRead = Core.Stop(new StreamId(id), stream.StopCode.Value);
            return;
        }
    }

    private bool TryReadToEnd(ulong id, RandomStream stream, SimulatedNetwork network)
    {
        if (!IsKnown(id))
            return false;
        while (true)
        {
            var result = Core.Read(new StreamId(id), _buffer, network.Now);
            switch (result.Status)
            {
                case StreamReadStatus.Data:
                    for (var i = 0; i < result.Count; i++)
                    {
                        if (_buffer[i] != ByteAt(id, stream.Read + (ulong)i))
                            Assert.Fail($"stream {id} has a wrong byte at {stream.Read + (ulong)i}");
                    }

                    stream.Read += (ulong)result.Count;
                    continue;
                case StreamReadStatus.Blocked:
                    return false;
                case StreamReadStatus.Finished:
                    Assert.True(stream.IsFinished && stream.Read == stream.Written, $"stream {id}: {stream.Read} of {stream.Written} bytes");
                    break;
                case StreamReadStatus.Reset:
                    Assert.Equal(stream.ResetCode, result.ErrorCode);
                    break;
                default:
                    Assert.Fail($"stream {id} is {result.Status}; {Core.CloseReason}");
                    break;
            }

            return stream.IsRead = true;
        }
    }

    private bool IsKnown(ulong id) => new StreamId(id).Initiator == Core.Side || own.Received.ContainsKey(id);

    private static byte ByteAt(ulong id, ulong position) => (byte)((position * 31) + (position >> 8) + id);
}
