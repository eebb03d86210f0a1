using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Messages;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tests.Tls;

/// <summary>Messages that are whole and in the wrong place, of the wrong size, or after the handshake.</summary>
public sealed class MessageOrderTests
{
    public static TheoryData<byte> EveryTypeButTheHellos => [0, 3, 4, 5, 6, 8, 11, 13, 15, 20, 24, 254, 255];

    [Theory, MemberData(nameof(EveryTypeButTheHellos))]
    public void A_message_that_is_not_a_hello_cannot_begin_a_handshake(byte type)
    {
        using var pair = new HandshakePair();

        pair.Client.TryReceive(EncryptionLevel.Initial, [type, 0, 0, 0], out var clientError);
        pair.Server.TryReceive(EncryptionLevel.Initial, [type, 0, 0, 0], out var serverError);

        Assert.Equal((byte)TlsAlert.UnexpectedMessage, HandshakePair.Alert(clientError));
        Assert.Equal((byte)TlsAlert.UnexpectedMessage, HandshakePair.Alert(serverError));
    }

    [Theory]
    [InlineData(Side.Server)]
    [InlineData(Side.Client)]
    internal void Leaving_out_any_message_of_an_encrypted_flight_is_noticed(Side sender)
    {
        for (var left = 0; ; left++)
        {
            using var pair = new HandshakePair();
            var messages = 0;
            pair.Run((side, level, bytes) =>
            {
                if (side != sender || level != EncryptionLevel.Handshake)
                    return bytes;
                var split = Split(bytes);
                messages = split.Count;
                return [.. split.Where((_, index) => index != left).SelectMany(message => message)];
            });
            if (left == messages)
                break;

            Assert.False(pair.Server.IsComplete);
            var error = sender == Side.Server ? pair.ClientError : pair.ServerError;
            if (left < messages - 1)
                Assert.True(HandshakePair.Alert(error) is (byte)TlsAlert.UnexpectedMessage or (byte)TlsAlert.DecryptError, $"message {left}: {error}");
        }
    }

    [Fact]
    public void Bytes_at_a_level_that_is_over_or_has_not_begun_violate_the_protocol()
    {
        using var early = new HandshakePair();
        early.Server.TryReceive(EncryptionLevel.Handshake, [20, 0], out var error);
        Assert.Equal(TransportErrorCode.ProtocolViolation, error.Code);

        using var late = new HandshakePair().Run();
        late.Server.TryReceive(EncryptionLevel.Initial, [1], out error);
        Assert.Equal(TransportErrorCode.ProtocolViolation, error.Code);
    }

    [Fact]
    public void Bytes_left_over_when_the_level_changes_violate_the_protocol()
    {
        using var pair = new HandshakePair();

        pair.Run((_, level, bytes) => level == EncryptionLevel.Initial ? [.. bytes, 1] : bytes);

        Assert.Equal(TransportErrorCode.ProtocolViolation, pair.ServerError.Code);
    }

    [Fact]
    public void A_message_longer_than_the_limit_is_refused_by_its_header()
    {
        using var pair = new HandshakePair();

        pair.Server.TryReceive(EncryptionLevel.Initial, [1, 0, 0x40, 0x00], out var error);

        Assert.Equal(TransportErrorCode.CryptoBufferExceeded, error.Code);
    }

    [Fact]
    public void A_client_without_a_key_is_told_that_one_is_required()
    {
        using var pair = new HandshakePair();
        var empty = HelloBuilder.Message(HandshakeType.Certificate, writer =>
        {
            writer.WriteVector(1, default);
            writer.WriteVector(3, default);
        });
        pair.Carry(Side.Client);

        pair.Server.TryReceive(EncryptionLevel.Handshake, empty, out var error);

        Assert.Equal((byte)TlsAlert.CertificateRequired, HandshakePair.Alert(error));
    }

    [Theory]
    [InlineData("01aa 000000", TlsAlert.IllegalParameter)]
    [InlineData("00 000005 000000 0000", TlsAlert.DecodeError)]
    [InlineData("00 000006 000001 30 0000", TlsAlert.UnsupportedCertificate)]
    [InlineData("00 00000a 000001 30 0004 00050000", TlsAlert.UnsupportedExtension)]
    [InlineData("00 00000c 000001 30 0000 000001 30 0000", TlsAlert.IllegalParameter)]
    [InlineData("00 000007 000001 30 0000", TlsAlert.DecodeError)]
    internal void A_certificate_that_is_not_one_raw_key_is_refused(string body, TlsAlert alert)
    {
        using var pair = new HandshakePair();
        pair.Carry(Side.Client);

        pair.Server.TryReceive(EncryptionLevel.Handshake, HelloBuilder.Message(HandshakeType.Certificate, writer => writer.WriteBytes(Hex.Decode(body))), out var error);

        Assert.Equal(alert, (TlsAlert)HandshakePair.Alert(error));
    }

    [Fact]
    public void A_proof_with_another_scheme_or_a_changed_finished_is_refused()
    {
        Assert.Equal(TlsAlert.IllegalParameter, AlertAfterChange(HandshakeType.CertificateVerify, 4, 0x04));
        Assert.Equal(TlsAlert.DecryptError, AlertAfterChange(HandshakeType.CertificateVerify, 40, 0x01));
        Assert.Equal(TlsAlert.DecryptError, AlertAfterChange(HandshakeType.Finished, 4, 0x01));
    }

    [Fact]
    public void A_client_swallows_tickets_and_refuses_what_quic_forbids_after_the_handshake()
    {
        var ticket = HelloBuilder.Message(HandshakeType.NewSessionTicket, writer => WriteTicket(writer, 0xff));
        var shortEarlyData = HelloBuilder.Message(HandshakeType.NewSessionTicket, writer => WriteTicket(writer, 0x7f));
        var request = new HandshakeWriter();
        CertificateRequest.Write(request);

        using var pair = new HandshakePair().Run();
        Assert.True(pair.Client.TryReceive(EncryptionLevel.Application, ticket, out _));
        Assert.True(pair.Client.TryReceive(EncryptionLevel.Application, ticket, out _));
        Assert.False(pair.Client.TryTakeOutgoing(out _, out _));

        Assert.Equal(TransportErrorCode.ProtocolViolation, AfterHandshake(Side.Client, shortEarlyData).Code);
        Assert.Equal(TransportErrorCode.ProtocolViolation, AfterHandshake(Side.Client, request.WrittenFrom(0).ToArray()).Code);
        Assert.Equal((byte)TlsAlert.DecodeError, HandshakePair.Alert(AfterHandshake(Side.Client, [4, 0, 0, 1, 0])));
    }

    [Theory]
    [InlineData(Side.Client)]
    [InlineData(Side.Server)]
    internal void A_tls_key_update_is_an_unexpected_message(Side receiver) =>
        Assert.Equal((byte)TlsAlert.UnexpectedMessage, HandshakePair.Alert(AfterHandshake(receiver, [24, 0, 0, 1, 0])));

    private static TransportError AfterHandshake(Side receiver, byte[] message)
    {
        using var pair = new HandshakePair().Run();
        (receiver == Side.Client ? pair.Client : pair.Server).TryReceive(EncryptionLevel.Application, message, out var error);
        return error;
    }

    private static TlsAlert AlertAfterChange(HandshakeType type, int at, byte change)
    {
        using var pair = new HandshakePair();
        pair.Run((side, level, bytes) =>
        {
            if (side == Side.Server && level == EncryptionLevel.Handshake)
                Split(bytes, bytes).First(message => message.Span[0] == (byte)type).Span[at] ^= change;
            return bytes;
        });
        return (TlsAlert)HandshakePair.Alert(pair.ClientError);
    }

    private static void WriteTicket(HandshakeWriter writer, byte earlyData)
    {
        writer.WriteBytes(new byte[8]);
        writer.WriteVector(1, [1]);
        writer.WriteVector(2, [1, 2, 3]);
        writer.WriteVector(2, [0, 42, 0, 4, earlyData, 0xff, 0xff, 0xff]);
    }

    private static List<byte[]> Split(byte[] flight) => [.. Split(flight, flight).Select(message => message.ToArray())];

    private static IEnumerable<Memory<byte>> Split(byte[] flight, Memory<byte> rest)
    {
        for (var at = 0; at < flight.Length;)
        {
            var length = MessageAssembler.HeaderLength + ((flight[at + 1] << 16) | (flight[at + 2] << 8) | flight[at + 3]);
            yield return rest.Slice(at, length);
            at += length;
        }
    }
}
