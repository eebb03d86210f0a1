using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;
using Id = AltSendme.Quic.Parameters.TransportParameterId;

namespace AltSendme.Quic.Parameters;

/// <summary>Writes our transport parameters (RFC 9000, section 18), with one reserved parameter among them so that peers keep ignoring what they do not know (section 18.1).</summary>
internal static class TransportParametersWriter
{
    /// <summary>Room that always suffices.</summary>
    public const int MaxLength = 512;

    /// <summary>Writes <paramref name="parameters"/> and returns the bytes used.</summary>
    public static int Write(Span<byte> buffer, TransportParameters parameters, RandomSource random)
    {
        var writer = new PacketWriter(buffer);
        WriteGrease(ref writer, random);
        WriteId(ref writer, Id.OriginalDestinationConnectionId, parameters.OriginalDestinationConnectionId);
        WriteId(ref writer, Id.InitialSourceConnectionId, parameters.InitialSourceConnectionId);
        WriteId(ref writer, Id.RetrySourceConnectionId, parameters.RetrySourceConnectionId);
        if (parameters.ResetToken is { } token)
        {
            WriteHeader(ref writer, Id.StatelessResetToken, StatelessReset.TokenLength);
            token.CopyTo(writer.Take(StatelessReset.TokenLength));
        }

        WriteNumber(ref writer, Id.MaxIdleTimeout, (ulong)parameters.MaxIdleTimeout.TotalMilliseconds);
        WriteNumber(ref writer, Id.MaxUdpPayloadSize, parameters.MaxUdpPayloadSize);
        WriteNumber(ref writer, Id.InitialMaxData, parameters.InitialMaxData);
        WriteNumber(ref writer, Id.InitialMaxStreamDataBidiLocal, parameters.InitialMaxStreamDataBidiLocal);
        WriteNumber(ref writer, Id.InitialMaxStreamDataBidiRemote, parameters.InitialMaxStreamDataBidiRemote);
        WriteNumber(ref writer, Id.InitialMaxStreamDataUni, parameters.InitialMaxStreamDataUni);
        WriteNumber(ref writer, Id.InitialMaxStreamsBidi, parameters.InitialMaxStreamsBidi);
        WriteNumber(ref writer, Id.InitialMaxStreamsUni, parameters.InitialMaxStreamsUni);
        WriteNumber(ref writer, Id.AckDelayExponent, (ulong)parameters.AckDelayExponent);
        WriteNumber(ref writer, Id.MaxAckDelay, (ulong)parameters.MaxAckDelay.TotalMilliseconds);
        WriteNumber(ref writer, Id.ActiveConnectionIdLimit, parameters.ActiveConnectionIdLimit);
        WriteNumber(ref writer, Id.MaxDatagramFrameSize, parameters.MaxDatagramFrameSize);
        if (parameters.DisableActiveMigration)
            WriteHeader(ref writer, Id.DisableActiveMigration, 0);
        if (parameters.GreaseQuicBit)
            WriteHeader(ref writer, Id.GreaseQuicBit, 0);
        if (parameters.MinAckDelay is { } minAckDelay)
            WriteNumber(ref writer, Id.MinAckDelay, (ulong)minAckDelay.TotalMicroseconds);

        // Its three values are one less than the roles.
        if (parameters.AddressDiscovery != AddressDiscoveryRole.None)
            WriteNumber(ref writer, Id.AddressDiscovery, (ulong)parameters.AddressDiscovery - 1);
        return writer.Position;
    }

    private static void WriteGrease(ref PacketWriter writer, RandomSource random)
    {
        var length = (int)random.Next(16);
        writer.WriteVarInt((31UL * random.Next(1 << 25)) + 27);
        writer.WriteVarInt((ulong)length);
        random.Fill(writer.Take(length));
    }

    private static void WriteHeader(ref PacketWriter writer, Id id, int length)
    {
        writer.WriteVarInt((ulong)id);
        writer.WriteVarInt((ulong)length);
    }

    private static void WriteId(ref PacketWriter writer, Id id, ConnectionId? value)
    {
        if (value is not { } connectionId)
            return;
        WriteHeader(ref writer, id, connectionId.Length);
        writer.WriteBytes(connectionId.Bytes);
    }

    private static void WriteNumber(ref PacketWriter writer, Id id, ulong value)
    {
        WriteHeader(ref writer, id, QuicVarInt.Length(value));
        writer.WriteVarInt(value);
    }
}
