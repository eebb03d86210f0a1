using System.Text;
using System.Text.Json;
using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Qlog;

/// <summary>The frames of a packet as qlog's <c>QuicFrame</c> objects (draft-ietf-quic-qlog-quic-events, section on QUIC frames), in the form that is asked for. The contents of streams, tokens and reset tokens stay out of the log.</summary>
internal sealed class QlogFrames(Utf8JsonWriter json, QlogDialect dialect)
{
    // Both ends' acknowledgement delays are in units of 2^3 microseconds unless a peer chose otherwise.
    private const int MicrosecondsPerDelayUnit = 8;

    /// <summary>Writes the member <c>frames</c>. What cannot be read ends the list as a frame of unknown type.</summary>
    public void Write(ReadOnlySpan<byte> payload)
    {
        json.WriteStartArray("frames");
        var reader = new SpanReader(payload);
        while (!reader.IsAtEnd)
        {
            var before = reader.Remaining.Length;
            if (!reader.TryReadVarInt(out var type))
                break;
            json.WriteStartObject();
            var isRead = TryWrite(type, ref reader);
            if (!isRead)
            {
                json.WriteString("frame_type", "unknown");
                json.WriteNumber(dialect.UnknownFrameType, type);
            }

            WriteSize(isRead ? before - reader.Remaining.Length : before);
            json.WriteEndObject();
            if (!isRead)
                break;
        }

        json.WriteEndArray();
    }

    private bool TryWrite(ulong type, ref SpanReader reader)
    {
        switch (type)
        {
            case FrameType.Padding:
                var run = reader.Remaining.IndexOfAnyExcept((byte)0);
                return reader.TryReadBytes(run < 0 ? reader.Remaining.Length : run, out var more) && Named("padding") && Length(dialect.PaddingLength, 1 + more.Length);
            case FrameType.Ping:
                return Named("ping");
            case FrameType.HandshakeDone:
                return Named("handshake_done");
            case FrameType.ImmediateAck:
                return Named("immediate_ack");
            case FrameType.AckFrequency:
                return AckFrequencyFrame.TryRead(ref reader, out var request, out _) && Named("ack_frequency") && Number("sequence_number", request.Sequence)
                    && Number("ack_eliciting_threshold", request.ElicitingThreshold) && Number("request_max_ack_delay", request.MaxAckDelayMicroseconds)
                    && Number("reordering_threshold", request.ReorderingThreshold);
            case FrameType.ObservedIpv4Address or FrameType.ObservedIpv6Address:
                return ObservedAddressFrame.TryRead(ref reader, type == FrameType.ObservedIpv6Address, out var observed, out _) && Named("observed_address")
                    && Number("sequence_number", observed.Sequence) && Text("address", observed.Address.ToString());
            case FrameType.Ack or FrameType.AckEcn:
                return AckFrame.TryRead(ref reader, type == FrameType.AckEcn, out var ack, out _) && WriteAck(ack);
            case FrameType.Crypto:
                return CryptoFrame.TryRead(ref reader, out var crypto, out _) && Named("crypto") && Number("offset", crypto.Offset) && Length(dialect.DataLength, crypto.Data.Length);
            case FrameType.NewToken:
                return NewTokenFrame.TryRead(ref reader, out var token, out _) && WriteToken(token);
            case >= FrameType.Stream and <= FrameType.StreamLast:
                return StreamFrame.TryRead(ref reader, type, out var stream, out _) && WriteStream(stream);
            case FrameType.ConnectionCloseTransport or FrameType.ConnectionCloseApplication:
                return ConnectionCloseFrame.TryRead(ref reader, type == FrameType.ConnectionCloseApplication, out var close, out _) && WriteClose(close);
            case FrameType.Datagram or FrameType.DatagramWithLength:
                return DatagramFrame.TryRead(ref reader, type == FrameType.DatagramWithLength, out var datagram, out _) && Named("datagram") && Length(dialect.DataLength, datagram.Data.Length);
            case FrameType.NewConnectionId or FrameType.RetireConnectionId or FrameType.PathChallenge or FrameType.PathResponse:
                return TryWritePathFrame(type, ref reader);
            default:
                return TryWriteControl(type, ref reader);
        }
    }

    private bool TryWriteControl(ulong type, ref SpanReader reader)
    {
        switch (type)
        {
            case FrameType.ResetStream:
                return ResetStreamFrame.TryRead(ref reader, out var reset, out _) && Named("reset_stream") && Number("stream_id", reset.StreamId)
                    && ApplicationError(reset.ErrorCode) && Number("final_size", reset.FinalSize);
            case FrameType.StopSending:
                return StopSendingFrame.TryRead(ref reader, out var stop, out _) && Named("stop_sending") && Number("stream_id", stop.StreamId) && ApplicationError(stop.ErrorCode);
            case FrameType.MaxData:
                return MaxDataFrame.TryRead(ref reader, out var data, out _) && Named("max_data") && Number("maximum", data.Maximum);
            case FrameType.MaxStreamData:
                return MaxStreamDataFrame.TryRead(ref reader, out var credit, out _) && Named("max_stream_data") && Number("stream_id", credit.StreamId) && Number("maximum", credit.Maximum);
            case FrameType.MaxStreamsBidirectional or FrameType.MaxStreamsUnidirectional:
                return MaxStreamsFrame.TryRead(ref reader, DirectionOf(type), out var streams, out _) && Named("max_streams") && Direction(type) && Number("maximum", streams.Maximum);
            case FrameType.DataBlocked:
                return DataBlockedFrame.TryRead(ref reader, out var blocked, out _) && Named("data_blocked") && Number("limit", blocked.Limit);
            case FrameType.StreamDataBlocked:
                return StreamDataBlockedFrame.TryRead(ref reader, out var stuck, out _) && Named("stream_data_blocked") && Number("stream_id", stuck.StreamId) && Number("limit", stuck.Limit);
            case FrameType.StreamsBlockedBidirectional or FrameType.StreamsBlockedUnidirectional:
                return StreamsBlockedFrame.TryRead(ref reader, DirectionOf(type), out var full, out _) && Named("streams_blocked") && Direction(type) && Number("limit", full.Limit);
            default:
                return false;
        }
    }

    private bool TryWritePathFrame(ulong type, ref SpanReader reader)
    {
        switch (type)
        {
            case FrameType.NewConnectionId:
                return NewConnectionIdFrame.TryRead(ref reader, out var issued, out _) && Named("new_connection_id") && Number("sequence_number", issued.SequenceNumber)
                    && Number("retire_prior_to", issued.RetirePriorTo) && Text("connection_id", issued.Id.ToString());
            case FrameType.RetireConnectionId:
                return RetireConnectionIdFrame.TryRead(ref reader, out var retired, out _) && Named("retire_connection_id") && Number("sequence_number", retired.SequenceNumber);
            case FrameType.PathChallenge:
                return PathChallengeFrame.TryRead(ref reader, out var challenge, out _) && Named("path_challenge") && Text("data", $"{challenge.Data:x16}");
            default:
                return PathResponseFrame.TryRead(ref reader, out var response, out _) && Named("path_response") && Text("data", $"{response.Data:x16}");
        }
    }

    private bool WriteAck(in AckFrame ack)
    {
        Named("ack");
        json.WriteNumber("ack_delay", ack.EncodedDelay * (double)MicrosecondsPerDelayUnit / 1000);
        json.WriteStartArray("acked_ranges");
        foreach (var range in ack)
        {
            json.WriteStartArray();
            json.WriteNumberValue(range.Start);
            if (range.End > range.Start + 1)
                json.WriteNumberValue(range.End - 1);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (ack.Ecn is { } ecn)
        {
            json.WriteNumber("ect1", ecn.Ect1);
            json.WriteNumber("ect0", ecn.Ect0);
            json.WriteNumber("ce", ecn.Ce);
        }

        return true;
    }

    private bool WriteStream(in StreamFrame stream)
    {
        Named("stream");
        json.WriteNumber("stream_id", stream.StreamId);
        json.WriteNumber("offset", stream.Offset);
        json.WriteBoolean("fin", stream.IsFin);
        return Length(dialect.DataLength, stream.Data.Length);
    }

    private bool WriteToken(in NewTokenFrame frame)
    {
        Named("new_token");
        json.WriteStartObject("token");
        WriteRaw(frame.Token.Length);
        json.WriteEndObject();
        return true;
    }

    private bool WriteClose(in ConnectionCloseFrame close)
    {
        Named("connection_close");
        json.WriteString("error_space", close.IsApplication ? "application" : "transport");
        dialect.WriteError(json, dialect.FrameError, close.IsApplication ? QlogNames.Unknown : QlogNames.Of(close.Code), close.Code);
        json.WriteString("reason", Encoding.UTF8.GetString(close.Reason));
        if (!close.IsApplication)
            json.WriteNumber("trigger_frame_type", close.CauseType);
        return true;
    }

    private void WriteRaw(int length)
    {
        json.WriteStartObject("raw");
        json.WriteNumber("length", length);
        json.WriteEndObject();
    }

    private void WriteSize(int length)
    {
        if (dialect.FrameSize is { } member)
            json.WriteNumber(member, length);
        else
            WriteRaw(length);
    }

    private bool Length(string? name, int length)
    {
        if (name is not null)
            json.WriteNumber(name, length);
        return true;
    }

    private bool Named(string name) => Text("frame_type", name);

    private bool Text(string name, string value)
    {
        json.WriteString(name, value);
        return true;
    }

    private bool Number(string name, ulong value)
    {
        json.WriteNumber(name, value);
        return true;
    }

    private bool ApplicationError(ulong code)
    {
        dialect.WriteError(json, dialect.FrameError, QlogNames.Unknown, code);
        return true;
    }

    private bool Direction(ulong type) => Text("stream_type", DirectionOf(type) == StreamDirection.Bidirectional ? "bidirectional" : "unidirectional");

    private static StreamDirection DirectionOf(ulong type) =>
        type is FrameType.MaxStreamsBidirectional or FrameType.StreamsBlockedBidirectional ? StreamDirection.Bidirectional : StreamDirection.Unidirectional;
}
