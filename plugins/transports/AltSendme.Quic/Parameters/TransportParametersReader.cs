using AltSendme.Primitives.Encoding;
using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using Id = AltSendme.Quic.Parameters.TransportParameterId;

namespace AltSendme.Quic.Parameters;

/// <summary>Reads the peer's transport parameters (RFC 9000, sections 7.4 and 18). Every fault is a TRANSPORT_PARAMETER_ERROR; unknown parameters are skipped.</summary>
internal static class TransportParametersReader
{
    // Enough to find duplicates among what real peers send; further unknown ones are skipped without being compared.
    private const int MaxRemembered = 64;

    /// <summary>Reads what <paramref name="sender"/> declared.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, Side sender, out TransportParameters parameters, out TransportError error)
    {
        parameters = new TransportParameters();
        error = default;
        Span<ulong> seen = stackalloc ulong[MaxRemembered];
        var seenCount = 0;
        var reader = new SpanReader(bytes);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadVarInt(out var id) || !reader.TryReadVarInt(out var length)
                || length > (ulong)reader.Remaining.Length || !reader.TryReadBytes((long)length, out var value))
                return Fail("A transport parameter is truncated", out error);
            if (seen[..seenCount].Contains(id))
                return Fail("A transport parameter is repeated", out error);
            if (seenCount < MaxRemembered)
                seen[seenCount++] = id;
            if (sender == Side.Client && IsServerOnly((Id)id))
                return Fail("A client sent a transport parameter of servers", out error);
            if (!TryReadOne((Id)id, value, ref parameters, out error))
                return false;
        }

        return !(parameters.MinAckDelay > parameters.MaxAckDelay) || Fail("min_ack_delay is above max_ack_delay", out error);
    }

    private static bool IsServerOnly(Id id) =>
        id is Id.OriginalDestinationConnectionId or Id.PreferredAddress or Id.RetrySourceConnectionId or Id.StatelessResetToken;

    private static bool TryReadOne(Id id, ReadOnlySpan<byte> value, ref TransportParameters parameters, out TransportError error)
    {
        error = default;
        switch (id)
        {
            case Id.OriginalDestinationConnectionId or Id.InitialSourceConnectionId or Id.RetrySourceConnectionId:
                return TryReadConnectionId(id, value, ref parameters, out error);

            case Id.StatelessResetToken:
                if (value.Length != StatelessReset.TokenLength)
                    return Fail("stateless_reset_token is not 16 bytes long", out error);
                parameters = parameters with { ResetToken = new StatelessResetToken(value) };
                return true;

            case Id.DisableActiveMigration or Id.GreaseQuicBit:
                if (!value.IsEmpty)
                    return Fail("A flag among the transport parameters has a value", out error);
                parameters = id == Id.GreaseQuicBit ? parameters with { GreaseQuicBit = true } : parameters with { DisableActiveMigration = true };
                return true;

            case Id.PreferredAddress:
                return PreferredAddressIsValid(value) || Fail("preferred_address is badly formed", out error);

            case Id.MaxIdleTimeout or Id.MaxUdpPayloadSize or (>= Id.InitialMaxData and <= Id.MaxAckDelay) or Id.ActiveConnectionIdLimit or Id.MaxDatagramFrameSize or Id.MinAckDelay or Id.AddressDiscovery:
                var reader = new SpanReader(value);
                if (!reader.TryReadVarInt(out var number) || !reader.IsAtEnd)
                    return Fail("A numeric transport parameter is badly formed", out error);
                return TryReadNumber(id, number, ref parameters, out error);

            default:
                return true;
        }
    }

    private static bool TryReadNumber(Id id, ulong number, ref TransportParameters parameters, out TransportError error)
    {
        error = default;
        var fault = id switch
        {
            Id.MaxUdpPayloadSize when number < 1200 => "max_udp_payload_size is below 1200",
            Id.InitialMaxStreamsBidi or Id.InitialMaxStreamsUni when number > MaxStreamsFrame.MaxStreams => "initial_max_streams exceeds 2^60",
            Id.AckDelayExponent when number > 20 => "ack_delay_exponent is above 20",
            Id.MaxAckDelay when number >= 1 << 14 => "max_ack_delay is 2^14 or more",
            Id.MinAckDelay when number >= 1000UL << 14 => "min_ack_delay is 2^14 ms or more",
            Id.ActiveConnectionIdLimit when number < 2 => "active_connection_id_limit is below 2",
            Id.AddressDiscovery when number > 2 => "observed_address is none of its three values",
            _ => null,
        };
        if (fault is not null)
            return Fail(fault, out error);

        parameters = id switch
        {
            Id.MaxIdleTimeout => parameters with { MaxIdleTimeout = TimeSpan.FromMilliseconds(Math.Min(number, int.MaxValue)) },
            Id.MaxUdpPayloadSize => parameters with { MaxUdpPayloadSize = number },
            Id.InitialMaxData => parameters with { InitialMaxData = number },
            Id.InitialMaxStreamDataBidiLocal => parameters with { InitialMaxStreamDataBidiLocal = number },
            Id.InitialMaxStreamDataBidiRemote => parameters with { InitialMaxStreamDataBidiRemote = number },
            Id.InitialMaxStreamDataUni => parameters with { InitialMaxStreamDataUni = number },
            Id.InitialMaxStreamsBidi => parameters with { InitialMaxStreamsBidi = number },
            Id.InitialMaxStreamsUni => parameters with { InitialMaxStreamsUni = number },
            Id.AckDelayExponent => parameters with { AckDelayExponent = (int)number },
            Id.MaxAckDelay => parameters with { MaxAckDelay = TimeSpan.FromMilliseconds(number) },
            Id.ActiveConnectionIdLimit => parameters with { ActiveConnectionIdLimit = number },
            Id.MinAckDelay => parameters with { MinAckDelay = TimeSpan.FromMicroseconds((long)number) },
            Id.AddressDiscovery => parameters with { AddressDiscovery = (AddressDiscoveryRole)(number + 1) },
            _ => parameters with { MaxDatagramFrameSize = number },
        };
        return true;
    }

    private static bool TryReadConnectionId(Id id, ReadOnlySpan<byte> value, ref TransportParameters parameters, out TransportError error)
    {
        error = default;
        if (value.Length > ConnectionId.MaxLength)
            return Fail("A connection id among the transport parameters is longer than 20 bytes", out error);

        var connectionId = new ConnectionId(value);
        parameters = id switch
        {
            Id.OriginalDestinationConnectionId => parameters with { OriginalDestinationConnectionId = connectionId },
            Id.InitialSourceConnectionId => parameters with { InitialSourceConnectionId = connectionId },
            _ => parameters with { RetrySourceConnectionId = connectionId },
        };
        return true;
    }

    // Checked for form only: a preferred address is not used, because paths are chosen by the layer above (RFC 9000, section 9.6 leaves that to the client).
    private static bool PreferredAddressIsValid(ReadOnlySpan<byte> value)
    {
        var reader = new SpanReader(value);
        return reader.TryReadBytes(4 + 2 + 16 + 2, out _) && reader.TryReadByte(out var length) && length is > 0 and <= ConnectionId.MaxLength
            && reader.TryReadBytes(length, out _) && reader.TryReadBytes(StatelessReset.TokenLength, out _) && reader.IsAtEnd;
    }

    private static bool Fail(string reason, out TransportError error)
    {
        error = TransportError.TransportParameter(reason);
        return false;
    }
}
