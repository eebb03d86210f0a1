using System.Diagnostics.CodeAnalysis;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls.Certificates;
using AltSendme.Quic.Tls.Exchange;
using AltSendme.Quic.Tls.Messages;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls;

/// <summary>The server's order of messages (RFC 8446, appendix A.2). With raw keys the client always proves its own, with certificates it shows nothing. Early data and tickets are not used.</summary>
internal sealed class ServerHandshake(TlsConfiguration configuration, ReadOnlySpan<byte> localTransportParameters)
    : HandshakeSession(configuration, Side.Server, localTransportParameters)
{
    private readonly byte[] _clientRandom = new byte[ProtocolConstants.RandomLength];
    private State _state = State.AwaitingClientHello;
    private NamedGroup _groupAskedFor;

    private enum State
    {
        AwaitingClientHello,
        AwaitingSecondClientHello,
        AwaitingCertificate,
        AwaitingCertificateVerify,
        AwaitingFinished,
        Complete,
    }

    /// <inheritdoc />
    protected override TransportError OnMessage(HandshakeType type, ReadOnlySpan<byte> message) => (_state, type) switch
    {
        (State.AwaitingClientHello or State.AwaitingSecondClientHello, HandshakeType.ClientHello) => OnClientHello(message),
        (State.AwaitingCertificate, HandshakeType.Certificate) => Then(State.AwaitingCertificateVerify, TakeCertificate(message)),
        (State.AwaitingCertificateVerify, HandshakeType.CertificateVerify) => Then(State.AwaitingFinished, TakeCertificateVerify(message)),
        (State.AwaitingFinished, HandshakeType.Finished) => OnFinished(message),
        _ => TlsAlert.UnexpectedMessage.Because("A handshake message came that the server does not expect now"),
    };

    private TransportError Then(State next, TransportError error)
    {
        if (!error.IsError)
            _state = next;
        return error;
    }

    private TransportError OnClientHello(ReadOnlySpan<byte> message)
    {
        if (!ClientHello.TryRead(message[MessageAssembler.HeaderLength..], Configuration.Kind, out var hello, out var error))
            return error;
        if (!TryChooseSuite(hello, out var suite))
            return TlsAlert.HandshakeFailure.Because("The client offers no cipher suite that is supported here");
        if (!TryChooseProtocol(hello))
            return TlsAlert.NoApplicationProtocol.Because("The client offers no application protocol that is supported here");

        if (_state == State.AwaitingSecondClientHello)
            return OnSecondClientHello(hello, suite, message);

        Suite = suite;
        Transcript.Start(suite);
        Transcript.Append(message);
        foreach (var group in Configuration.Groups)
        {
            if (hello.KeyShares.TryFind(group, out var share))
                return Answer(hello, suite, group, share);
        }

        return AskForAnotherHello(hello, suite);
    }

    private TransportError OnSecondClientHello(ClientHello hello, CipherSuite suite, ReadOnlySpan<byte> message)
    {
        if (suite != Suite || !hello.Random.SequenceEqual(_clientRandom) || hello.HasEarlyData)
            return TlsAlert.IllegalParameter.Because("The second ClientHello differs from the first where it must not");
        if (hello.KeyShares.Count != 1 || !hello.KeyShares.TryFind(_groupAskedFor, out var share))
            return TlsAlert.IllegalParameter.Because("The second ClientHello does not bring the key share asked for, and only that");
        Transcript.Append(message);
        return Answer(hello, suite, _groupAskedFor, share);
    }

    private TransportError AskForAnotherHello(ClientHello hello, CipherSuite suite)
    {
        foreach (var group in Configuration.Groups)
        {
            if (!hello.Groups.Contains((ushort)group))
                continue;

            hello.Random.CopyTo(_clientRandom);
            _groupAskedFor = group;
            Transcript.FoldIntoMessageHash();
            var start = Outgoing.Initial.Length;
            ServerHello.WriteRetry(Outgoing.Initial, suite.Id, group);
            AppendSent(Outgoing.Initial, start);
            _state = State.AwaitingSecondClientHello;
            return default;
        }

        return TlsAlert.HandshakeFailure.Because("The client offers no key exchange group that is supported here");
    }

    /// <summary>Sends everything from ServerHello to Finished.</summary>
    private TransportError Answer(ClientHello hello, CipherSuite suite, NamedGroup group, ReadOnlySpan<byte> share)
    {
        var certificate = Configuration.Certificate?.Invoke();
        if (!TryChooseScheme(hello, certificate, out var scheme))
            return TlsAlert.HandshakeFailure.Because("The client accepts no signature that the certificate's key can make");

        Span<byte> random = stackalloc byte[ProtocolConstants.RandomLength];
        Configuration.Random.Fill(random);
        var keyExchange = BeginKeyExchange(group);
        var start = Outgoing.Initial.Length;
        ServerHello.Write(Outgoing.Initial, random, suite.Id, keyExchange);
        AppendSent(Outgoing.Initial, start);
        var error = EnterHandshake(suite, share);
        if (error.IsError)
            return error;

        KeepPeerParameters(hello.TransportParameters);
        var writer = Outgoing.Handshake;
        EncryptedExtensions.Write(writer, Configuration.Kind, ChosenProtocol, LocalTransportParameters);
        if (certificate is null)
            CertificateRequest.Write(writer);
        AppendSent(writer, 0);
        if (certificate is null)
            WriteCertificate(writer);
        else
            WriteCertificate(writer, certificate, scheme);
        WriteFinished(writer);
        EnterApplication(suite);
        _state = certificate is null ? State.AwaitingCertificate : State.AwaitingFinished;
        return default;
    }

    private TransportError OnFinished(ReadOnlySpan<byte> message)
    {
        var error = TakeFinished(message);
        if (error.IsError)
            return error;
        Complete();
        _state = State.Complete;
        return default;
    }

    private bool TryChooseSuite(ClientHello hello, [NotNullWhen(true)] out CipherSuite? suite)
    {
        foreach (var id in Configuration.CipherSuites)
        {
            if (hello.CipherSuites.Contains((ushort)id))
                return CipherSuite.TryGet(id, out suite);
        }

        suite = null;
        return false;
    }

    // With raw keys there is one scheme, which the hello was checked for.
    private static bool TryChooseScheme(ClientHello hello, ServerCertificate? certificate, out SignatureScheme chosen)
    {
        chosen = SignatureScheme.Ed25519;
        if (certificate is null)
            return true;
        foreach (var scheme in certificate.Schemes)
        {
            chosen = scheme;
            if (hello.SignatureSchemes.Contains((ushort)scheme))
                return true;
        }

        return false;
    }

    private bool TryChooseProtocol(ClientHello hello)
    {
        foreach (var protocol in Configuration.ApplicationProtocols)
        {
            if (!hello.ApplicationProtocols.Contains(protocol.Span))
                continue;
            ChosenProtocol = protocol;
            return true;
        }

        return false;
    }
}
