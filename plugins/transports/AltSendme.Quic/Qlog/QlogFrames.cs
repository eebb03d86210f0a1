using System.Text;
using System.Text.Json;
using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Qlog;

/// <summary>The frames of a packet as qlog's <c>QuicFrame</c> objects (draft-ietf-quic-qlog-quic-events, section on QUIC frames). The contents of streams, tokens and reset tokens stay out of the log.</summary>
internal static class QlogFrames
{
    // Both ends' acknowledgement delays are in units of 2^3 microseconds unless a peer chose otherwise.
    private const int MicrosecondsPerDelayUnit = 8;

    /// <summary>Writes the member <c>frames</c>. What cannot be read ends the list as a frame of unknown type.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> payload)
    {
        json.WriteStartArray("frames");
        var reader = new SpanReader(payload);
        while (!reader.IsAtEnd)
        {
            var before = reader.Remaining.Length;
            if (!reader.TryReadVarInt(out var type))
                break;
            json.WriteStartObject();
            var isRead = TryWrite(json, type, ref reader);
            if (!isRead)
            {
                json.WriteString("frame_type", "unknown");
                json.WriteNumber("frame_type_bytes", type);
            }

            WriteRaw(json, isRead ? before - reader.Remaining.Length : before);
            json.WriteEndObject();
            if (!isRead)
                break;
        }

        json.WriteEndArray();
    }

    private static bool TryWrite(Utf8JsonWriter json, ulong type, ref SpanReader reader)
    {
        switch (type)
        {
            case FrameType.Padding:
                var run = reader.Remaining.IndexOfAnyExcept((byte)0);
                reader.TryReadBytes(run < 0 ? reader.Remaining.Length : run, out _);
                return Named(json, "padding");
            case FrameType.Ping:
                return Named(json, "ping");
            case FrameType.HandshakeDone:
                return Named(json, "handshake_done");
            case FrameType.ImmediateAck:
                return Named(json, "immediate_ack");
            case FrameType.AckFrequency:
                return AckFrequencyFrame.TryRead(ref reader, out var request, out _) && Named(json, "ack_frequency") && Number(json, "sequence_number", request.Sequence)
                    && Number(json, "ack_eliciting_threshold", request.ElicitingThreshold) && Number(json, "request_max_ack_delay", request.MaxAckDelayMicroseconds)
                    && Number(json, "reordering_threshold", request.ReorderingThreshold);
            case FrameType.ObservedIpv4Address or FrameType.ObservedIpv6Address:
                return ObservedAddressFrame.TryRead(ref reader, type == FrameType.ObservedIpv6Address, out var observed, out _) && Named(json, "observed_address")
                    && Number(json, "sequence_number", observed.Sequence) && Text(json, "address", observed.Address.ToString());
            case FrameType.Ack or FrameType.AckEcn:
                return AckFrame.TryRead(ref reader, type == FrameType.AckEcn, out var ack, out _) && WriteAck(json, ack);
            case FrameType.Crypto:
                return CryptoFrame.TryRead(ref reader, out var crypto, out _) && Named(json, "crypto") && Number(json, "offset", crypto.Offset);
            case FrameType.NewToken:
                return NewTokenFrame.TryRead(ref reader, out var token, out _) && WriteToken(json, token);
            case >= FrameType.Stream and <= FrameType.StreamLast:
                return StreamFrame.TryRead(ref reader, type, out var stream, out _) && WriteStream(json, stream);
            case FrameType.ConnectionCloseTransport or FrameType.ConnectionCloseApplication:
                return ConnectionCloseFrame.TryRead(ref reader, type == FrameType.ConnectionCloseApplication, out var close, out _) && WriteClose(json, close);
            case FrameType.Datagram or FrameType.DatagramWithLength:
                return DatagramFrame.TryRead(ref reader, type == FrameType.DatagramWithLength, out _, out _) && Named(json, "datagram");
            case FrameType.NewConnectionId or FrameType.RetireConnectionId or FrameType.PathChallenge or FrameType.PathResponse:
                return TryWritePathFrame(json, type, ref reader);
            default:
                return TryWriteControl(json, type, ref reader);
        }
    }

    private static bool TryWriteControl(Utf8JsonWriter json, ulong type, ref SpanReader reader)
    {
        switch (type)
        {
            case FrameType.ResetStream:
                return ResetStreamFrame.TryRead(ref reader, out var reset, out _) && Named(json, "reset_stream") && Number(json, "stream_id", reset.StreamId)
                    && ApplicationError(json, reset.ErrorCode) && Number(json, "final_size", reset.FinalSize);
            case FrameType.StopSending:
                return StopSendingFrame.TryRead(ref reader, out var stop, out _) && Named(json, "stop_sending") && Number(json, "stream_id", stop.StreamId) && ApplicationError(json, stop.ErrorCode);
            case FrameType.MaxData:
                return MaxDataFrame.TryRead(ref reader, out var data, out _) && Named(json, "max_data") && Number(json, "maximum", data.Maximum);
            case FrameType.MaxStreamData:
                return MaxStreamDataFrame.TryRead(ref reader, out var credit, out _) && Named(json, "max_stream_data") && Number(json, "stream_id", credit.StreamId) && Number(json, "maximum", credit.Maximum);
            case FrameType.MaxStreamsBidirectional or FrameType.MaxStreamsUnidirectional:
                return MaxStreamsFrame.TryRead(ref reader, DirectionOf(type), out var streams, out _) && Named(json, "max_streams") && Direction(json, type) && Number(json, "maximum", streams.Maximum);
            case FrameType.DataBlocked:
                return DataBlockedFrame.TryRead(ref reader, out var blocked, out _) && Named(json, "data_blocked") && Number(json, "limit", blocked.Limit);
            case FrameType.StreamDataBlocked:
                return StreamDataBlockedFrame.TryRead(ref reader, out var stuck, out _) && Named(json, "stream_data_blocked") && Number(json, "stream_id", stuck.StreamId) && Number(json, "limit", stuck.Limit);
            case FrameType.StreamsBlockedBidirectional or FrameType.StreamsBlockedUnidirectional:
                return StreamsBlockedFrame.TryRead(ref reader, DirectionOf(type), out var full, out _) && Named(json, "streams_blocked") && Direction(json, type) && Number(json, "limit", full.Limit);
            default:
                return false;
        }
    }

    private static bool TryWritePathFrame(Utf8JsonWriter json, ulong type, ref SpanReader reader)
    {
        switch (type)
        {
            case FrameType.NewConnectionId:
                return NewConnectionIdFrame.TryRead(ref reader, out var issued, out _) && Named(json, "new_connection_id") && Number(json, "sequence_number", issued.SequenceNumber)
                    && Number(json, "retire_prior_to", issued.RetirePriorTo) && Text(json, "connection_id", issued.Id.ToString());
            case FrameType.RetireConnectionId:
                return RetireConnectionIdFrame.TryRead(ref reader, out var retired, out _) && Named(json, "retire_connection_id") && Number(json, "sequence_number", retired.SequenceNumber);
            case FrameType.PathChallenge:
                return PathChallengeFrame.TryRead(ref reader, out var challenge, out _) && Named(json, "path_challenge") && Text(json, "data", $"{challenge.Data:x16}");
            default:
                return PathResponseFrame.TryRead(ref reader, out var response, out _) && Named(json, "path_response") && Text(json, "data", $"{response.Data:x16}");
        }
    }

    private static bool WriteAck(Utf8JsonWriter json, in AckFrame ack)
    {
        Named(json, "ack");
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

    private static bool WriteStream(Utf8JsonWriter json, in StreamFrame stream)
    {
        Named(json, "stream");
        json.WriteNumber("stream_id", stream.StreamId);
        json.WriteNumber("offset", stream.Offset);
        json.WriteBoolean("fin", stream.IsFin);
        return true;
    }

    private static bool WriteToken(Utf8JsonWriter json, in NewTokenFrame frame)
    {
        Named(json, "new_token");
        json.WriteStartObject("token");
        WriteRaw(json, frame.Token.Length);
        json.WriteEndObject();
        return true;
    }

    private static bool WriteClose(Utf8JsonWriter json, in ConnectionCloseFrame close)
    {
        Named(json, "connection_close");
        json.WriteString("error_space", close.IsApplication ? "application" : "transport");
        json.WriteString("error", close.IsApplication ? "unknown" : QlogNames.Of(close.Code));
        json.WriteNumber("error_code", close.Code);
        json.WriteString("reason", Encoding.UTF8.GetString(close.Reason));
        if (!close.IsApplication)
            json.WriteNumber("trigger_frame_type", close.CauseType);
        return true;
    }

    private static void WriteRaw(Utf8JsonWriter json, int length)
    {
        json.WriteStartObject("raw");
        json.WriteNumber("length", length);
        json.WriteEndObject();
    }

    private static bool Named(Utf8JsonWriter json, string name) => Text(json, "frame_type", name);

    private static bool Text(Utf8JsonWriter json, string name, string value)
    {
        json.WriteString(name, value);
        return true;
    }

    private static bool Number(Utf8JsonWriter json, string name, ulong value)
    {
        json.WriteNumber(name, value);
        return true;
    }

    private static bool ApplicationError(Utf8JsonWriter json, ulong code) => Text(json, "error", "unknown") && Number(json, "error_code", code);

    private static bool Direction(Utf8JsonWriter json, ulong type) => Text(json, "stream_type", DirectionOf(type) == StreamDirection.Bidirectional ? "bidirectional" : "unidirectional");

    private static StreamDirection DirectionOf(ulong type) =>
        type is FrameType.MaxStreamsBidirectional or FrameType.StreamsBlockedBidirectional ? StreamDirection.Bidirectional : StreamDirection.Unidirectional;
}
