using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls.Exchange;
using AltSendme.Quic.Tls.Messages;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls;

/// <summary>The client's order of messages (RFC 8446, appendix A.1).</summary>
internal sealed class ClientHandshake : HandshakeSession
{
    private readonly byte[] _random = new byte[ProtocolConstants.RandomLength];
    private State _state = State.AwaitingServerHello;
    private bool _retried;
    private bool _acceptsRawClientKey;
    private bool _keyIsRequested;

    /// <summary>Starts a handshake; the ClientHello is ready to be taken.</summary>
    public ClientHandshake(TlsConfiguration configuration, ReadOnlySpan<byte> localTransportParameters)
        : base(configuration, Side.Client, localTransportParameters)
    {
        configuration.Random.Fill(_random);
        WriteHello(BeginKeyExchange(configuration.Groups[0]), cookie: default);
    }

    private enum State
    {
        AwaitingServerHello,
        AwaitingEncryptedExtensions,
        AwaitingCertificateOrRequest,
        AwaitingCertificate,
        AwaitingCertificateVerify,
        AwaitingFinished,
        Complete,
    }

    /// <inheritdoc />
    protected override TransportError OnMessage(HandshakeType type, ReadOnlySpan<byte> message) => (_state, type) switch
    {
        (State.AwaitingServerHello, HandshakeType.ServerHello) => OnServerHello(message),
        (State.AwaitingEncryptedExtensions, HandshakeType.EncryptedExtensions) => OnEncryptedExtensions(message),
        (State.AwaitingCertificateOrRequest, HandshakeType.CertificateRequest) => OnCertificateRequest(message),
        (State.AwaitingCertificateOrRequest or State.AwaitingCertificate, HandshakeType.Certificate) =>
            Then(State.AwaitingCertificateVerify, TakeCertificate(message)),
        (State.AwaitingCertificateVerify, HandshakeType.CertificateVerify) => Then(State.AwaitingFinished, TakeCertificateVerify(message)),
        (State.AwaitingFinished, HandshakeType.Finished) => OnFinished(message),
        (State.Complete, HandshakeType.NewSessionTicket) => NewSessionTicket.Check(message[MessageAssembler.HeaderLength..]),
        (State.Complete, HandshakeType.CertificateRequest) => TransportError.ProtocolViolation("The server asked for a key after the handshake, which QUIC forbids"),
        _ => TlsAlert.UnexpectedMessage.Because("A handshake message came that the client does not expect now"),
    };

    private TransportError Then(State next, TransportError error)
    {
        if (!error.IsError)
            _state = next;
        return error;
    }

    private void WriteHello(KeyExchange keyExchange, ReadOnlySpan<byte> cookie)
    {
        var start = Outgoing.Initial.Length;
        ClientHelloWriter.Write(Outgoing.Initial, Configuration, _random, keyExchange, cookie, LocalTransportParameters);
        AppendSent(Outgoing.Initial, start);
    }

    private TransportError OnServerHello(ReadOnlySpan<byte> message)
    {
        if (!ServerHello.TryRead(message[MessageAssembler.HeaderLength..], out var hello, out var error))
            return error;
        if (!Configuration.CipherSuites.Contains(hello.CipherSuite) || !CipherSuite.TryGet(hello.CipherSuite, out var suite))
            return TlsAlert.IllegalParameter.Because("The server chose a cipher suite that was not offered");
        return hello.IsRetry ? OnRetry(hello, suite, message) : OnHello(hello, suite, message);
    }

    private TransportError OnRetry(ServerHello retry, CipherSuite suite, ReadOnlySpan<byte> message)
    {
        if (_retried)
            return TlsAlert.UnexpectedMessage.Because("The server asked for a third ClientHello");
        if (retry.Group is null && retry.Cookie.IsEmpty)
            return TlsAlert.IllegalParameter.Because("HelloRetryRequest would not change the ClientHello");
        if (retry.Group is { } group)
        {
            if (group == KeyExchange?.Group || !Configuration.Groups.Contains(group))
                return TlsAlert.IllegalParameter.Because("HelloRetryRequest asks for a group that was not offered, or whose share it has");
            BeginKeyExchange(group);
        }

        _retried = true;
        Suite = suite;
        Transcript.Start(suite);
        Transcript.FoldIntoMessageHash();
        Transcript.Append(message);
        WriteHello(KeyExchange!, retry.Cookie);
        return default;
    }

    private TransportError OnHello(ServerHello hello, CipherSuite suite, ReadOnlySpan<byte> message)
    {
        if (KeyExchange is null || hello.Group != KeyExchange.Group)
            return TlsAlert.IllegalParameter.Because("The server's key share is of a group for which none was offered");
        if (_retried && suite != Suite)
            return TlsAlert.IllegalParameter.Because("The server changed the cipher suite after HelloRetryRequest");

        Suite = suite;
        if (!_retried)
            Transcript.Start(suite);
        Transcript.Append(message);
        return Then(State.AwaitingEncryptedExtensions, EnterHandshake(suite, hello.KeyShare));
    }

    private TransportError OnEncryptedExtensions(ReadOnlySpan<byte> message)
    {
        if (!EncryptedExtensions.TryRead(message[MessageAssembler.HeaderLength..], Configuration.Kind, out var extensions, out var error))
            return error;

        foreach (var protocol in Configuration.ApplicationProtocols)
        {
            if (extensions.ApplicationProtocol.Contains(protocol.Span))
                ChosenProtocol = protocol;
        }

        if (ChosenProtocol.IsEmpty)
            return TlsAlert.IllegalParameter.Because("The server chose an application protocol that was not offered");

        _acceptsRawClientKey = extensions.AcceptsRawClientKey;
        KeepPeerParameters(extensions.TransportParameters);
        Transcript.Append(message);
        _state = State.AwaitingCertificateOrRequest;
        return default;
    }

    private TransportError OnCertificateRequest(ReadOnlySpan<byte> message)
    {
        if (!_acceptsRawClientKey)
            return TlsAlert.UnsupportedCertificate.Because("The server asks for a key but does not take raw ones");
        var error = CertificateRequest.Check(message[MessageAssembler.HeaderLength..]);
        if (error.IsError)
            return error;

        _keyIsRequested = true;
        Transcript.Append(message);
        _state = State.AwaitingCertificate;
        return default;
    }

    private TransportError OnFinished(ReadOnlySpan<byte> message)
    {
        var error = TakeFinished(message);
        if (error.IsError || Suite is null)
            return error;

        EnterApplication(Suite);
        if (_keyIsRequested)
            WriteCertificate(Outgoing.Handshake);
        WriteFinished(Outgoing.Handshake);
        Complete();
        _state = State.Complete;
        return default;
    }
}
