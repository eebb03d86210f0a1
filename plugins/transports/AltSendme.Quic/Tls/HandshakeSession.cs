using System.Security.Cryptography;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Packets.Protection;
using AltSendme.Quic.Tls.Certificates;
using AltSendme.Quic.Tls.Exchange;
using AltSendme.Quic.Tls.Messages;
using AltSendme.Quic.Tls.Schedule;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls;

/// <summary>What both ends of a TLS 1.3 handshake over CRYPTO frames have in common (RFC 9001, section 4). The order of messages is the business of <see cref="ClientHandshake"/> and <see cref="ServerHandshake"/>.</summary>
internal abstract class HandshakeSession(TlsConfiguration configuration, Side side, ReadOnlySpan<byte> localTransportParameters) : ICryptoSession
{
    private readonly MessageAssembler _assembler = new();
    private readonly Queue<(EncryptionLevel Level, PacketKeys Keys)> _readyKeys = new();
    private readonly byte[] _localTransportParameters = localTransportParameters.ToArray();
    private EncryptionLevel _readLevel = EncryptionLevel.Initial;
    private TransportError _failure;
    private byte[] _peerTransportParameters = [];
    private byte[] _claimedPeerKey = [];
    private byte[] _peerKey = [];
    private PeerCertificate? _claimedCertificate;
    private KeySchedule? _schedule;
    private PacketSecret? _writeSecret;
    private PacketSecret? _readSecret;

    /// <inheritdoc />
    public bool IsComplete { get; private set; }

    /// <inheritdoc />
    public ReadOnlySpan<byte> PeerTransportParameters => _peerTransportParameters;

    /// <inheritdoc />
    public ReadOnlySpan<byte> ApplicationProtocol => ChosenProtocol.Span;

    /// <inheritdoc />
    public ReadOnlySpan<byte> PeerPublicKey => _peerKey;

    /// <summary>Options of this end.</summary>
    protected TlsConfiguration Configuration => configuration;

    /// <summary>The body of this end's transport parameters extension.</summary>
    protected ReadOnlySpan<byte> LocalTransportParameters => _localTransportParameters;

    /// <summary>The hash over all messages.</summary>
    protected Transcript Transcript { get; } = new();

    /// <summary>Messages on their way out.</summary>
    protected OutgoingMessages Outgoing { get; } = new();

    /// <summary>The suite, once it is chosen.</summary>
    protected CipherSuite? Suite { get; set; }

    /// <summary>This end's ephemeral key, until it is used.</summary>
    protected KeyExchange? KeyExchange { get; private set; }

    /// <summary>The protocol, once it is chosen.</summary>
    protected ReadOnlyMemory<byte> ChosenProtocol { get; set; }

    private Side Peer => side == Side.Client ? Side.Server : Side.Client;

    private KeySchedule Schedule => _schedule ?? throw new InvalidOperationException("There is no key schedule yet.");

    /// <inheritdoc />
    public bool TryReceive(EncryptionLevel level, ReadOnlySpan<byte> bytes, out TransportError error)
    {
        if (!_failure.IsError)
            _failure = Receive(level, bytes);
        error = _failure;
        return !error.IsError;
    }

    /// <inheritdoc />
    public bool TryTakeOutgoing(out EncryptionLevel level, out ReadOnlyMemory<byte> bytes) => Outgoing.TryTake(out level, out bytes);

    /// <inheritdoc />
    public bool TryTakeKeys(out EncryptionLevel level, out PacketKeys keys)
    {
        var taken = _readyKeys.TryDequeue(out var ready);
        (level, keys) = ready;
        return taken;
    }

    /// <inheritdoc />
    public PacketKeys DeriveNextPhase()
    {
        if (_writeSecret is null || _readSecret is null)
            throw new InvalidOperationException("There are no 1-RTT keys yet.");
        _writeSecret.Advance();
        _readSecret.Advance();
        return new PacketKeys(_writeSecret.CreateSealer(), _readSecret.CreateOpener());
    }

    /// <inheritdoc />
    public bool TryExport(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output)
    {
        if (!IsComplete || _schedule is null)
            return false;
        _schedule.Export(label, context, output);
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        while (_readyKeys.TryDequeue(out var ready))
        {
            ready.Keys.Sealer.Dispose();
            ready.Keys.Opener.Dispose();
        }

        _writeSecret?.Dispose();
        _readSecret?.Dispose();
        _writeSecret = null;
        _readSecret = null;
        _schedule?.Dispose();
        _schedule = null;
        Transcript.Dispose();
        DisposeKeyExchange();
        _claimedCertificate?.Dispose();
    }

    /// <summary>Takes one whole message, header included; the next state is set before it returns.</summary>
    protected abstract TransportError OnMessage(HandshakeType type, ReadOnlySpan<byte> message);

    /// <summary>Makes an ephemeral key; one that was there is zeroed.</summary>
    protected KeyExchange BeginKeyExchange(NamedGroup group)
    {
        KeyExchange?.Dispose();
        return KeyExchange = KeyExchange.Create(group, configuration.Random);
    }

    /// <summary>Agrees on the shared secret and makes Handshake keys; the transcript ends with the ServerHello. The ephemeral key is used up.</summary>
    protected TransportError EnterHandshake(CipherSuite suite, ReadOnlySpan<byte> peerShare)
    {
        Span<byte> hash = stackalloc byte[CipherSuite.MaxHashLength];
        Span<byte> shared = stackalloc byte[KeyExchange.SharedSecretLength];
        var agreed = KeyExchange?.TryAgree(peerShare, shared) ?? throw new InvalidOperationException("There is no ephemeral key.");
        DisposeKeyExchange();
        if (!agreed)
            return TlsAlert.IllegalParameter.Because("The peer's key share is not a valid public key");

        _schedule = new KeySchedule(suite);
        _schedule.EnterHandshake(shared, Transcript.CurrentHash(hash));
        CryptographicOperations.ZeroMemory(shared);
        _readyKeys.Enqueue((EncryptionLevel.Handshake, PacketSecret.CreateKeys(suite, _schedule.HandshakeSecret(side), _schedule.HandshakeSecret(Peer))));
        _readLevel = EncryptionLevel.Handshake;
        return default;
    }

    /// <summary>Makes 1-RTT keys; the transcript ends with the server's Finished.</summary>
    protected void EnterApplication(CipherSuite suite)
    {
        Span<byte> hash = stackalloc byte[CipherSuite.MaxHashLength];
        Schedule.EnterApplication(Transcript.CurrentHash(hash));
        _writeSecret = new PacketSecret(suite, Schedule.ApplicationSecret(side));
        _readSecret = new PacketSecret(suite, Schedule.ApplicationSecret(Peer));
        _readyKeys.Enqueue((EncryptionLevel.Application, new PacketKeys(_writeSecret.CreateSealer(), _readSecret.CreateOpener())));
    }

    /// <summary>Ends the handshake: the peer is authenticated, and what only the handshake needed is zeroed.</summary>
    protected void Complete()
    {
        Schedule.ForgetHandshake();
        Transcript.Dispose();
        _readLevel = EncryptionLevel.Application;
        IsComplete = true;
    }

    /// <summary>Adds everything from <paramref name="start"/> on to the transcript.</summary>
    protected void AppendSent(HandshakeWriter writer, int start) => Transcript.Append(writer.WrittenFrom(start).Span);

    /// <summary>Keeps the peer's transport parameters.</summary>
    protected void KeepPeerParameters(ReadOnlySpan<byte> parameters) => _peerTransportParameters = parameters.ToArray();

    /// <summary>Takes the peer's key or certificate; it counts only after its proof.</summary>
    protected TransportError TakeCertificate(ReadOnlySpan<byte> message)
    {
        var body = message[MessageAssembler.HeaderLength..];
        var error = configuration.Server is { } name ? TakeChain(body, name) : TakeRawKey(body);
        if (!error.IsError)
            Transcript.Append(message);
        return error;
    }

    /// <summary>Checks that the peer owns its key.</summary>
    protected TransportError TakeCertificateVerify(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[CipherSuite.MaxHashLength];
        var body = message[MessageAssembler.HeaderLength..];
        var error = _claimedCertificate is null
            ? CertificateVerify.Check(body, Peer, _claimedPeerKey, Transcript.CurrentHash(hash))
            : CertificateVerify.Check(body, _claimedCertificate, Transcript.CurrentHash(hash));
        if (error.IsError)
            return error;

        _peerKey = _claimedPeerKey;
        Transcript.Append(message);
        return default;
    }

    /// <summary>Checks the peer's Finished.</summary>
    protected TransportError TakeFinished(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[CipherSuite.MaxHashLength];
        var error = Finished.Check(message[MessageAssembler.HeaderLength..], Peer, Schedule, Transcript.CurrentHash(hash));
        if (!error.IsError)
            Transcript.Append(message);
        return error;
    }

    /// <summary>Appends this end's key, with its proof.</summary>
    protected void WriteCertificate(HandshakeWriter writer)
    {
        Span<byte> hash = stackalloc byte[CipherSuite.MaxHashLength];
        var start = writer.Length;
        Certificate.Write(writer, configuration.PublicKey.Span);
        AppendSent(writer, start);
        start = writer.Length;
        CertificateVerify.Write(writer, side, configuration.Sign, Transcript.CurrentHash(hash));
        AppendSent(writer, start);
    }

    /// <summary>Appends a server's certificates, with the proof.</summary>
    protected void WriteCertificate(HandshakeWriter writer, ServerCertificate certificate, SignatureScheme scheme)
    {
        Span<byte> hash = stackalloc byte[CipherSuite.MaxHashLength];
        var start = writer.Length;
        CertificateChain.Write(writer, certificate.Chain);
        AppendSent(writer, start);
        start = writer.Length;
        CertificateVerify.Write(writer, certificate, scheme, Transcript.CurrentHash(hash));
        AppendSent(writer, start);
    }

    /// <summary>Appends this end's Finished.</summary>
    protected void WriteFinished(HandshakeWriter writer)
    {
        Span<byte> hash = stackalloc byte[CipherSuite.MaxHashLength];
        var start = writer.Length;
        Finished.Write(writer, side, Schedule, Transcript.CurrentHash(hash));
        AppendSent(writer, start);
    }

    private TransportError TakeRawKey(ReadOnlySpan<byte> body)
    {
        if (!Certificate.TryRead(body, Peer, out var publicKey, out var error))
            return error;
        if (!configuration.ExpectedPeer.IsEmpty && !publicKey.SequenceEqual(configuration.ExpectedPeer.Span))
            return TlsAlert.CertificateUnknown.Because("The peer has another key than the expected one");
        _claimedPeerKey = publicKey.ToArray();
        return default;
    }

    private TransportError TakeChain(ReadOnlySpan<byte> body, ServerName name)
    {
        if (CertificateChain.TryRead(body, out var chain, out var error))
            _claimedCertificate = PeerCertificate.Accept(name, chain, out error);
        return error;
    }

    private TransportError Receive(EncryptionLevel level, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            // Bytes that are left over when the level changes end up here too (RFC 9001, section 4.1.3).
            if (level != _readLevel)
                return TransportError.ProtocolViolation("CRYPTO data came at a level that is over or has not begun");
            if (!_assembler.TryTake(ref bytes, out var message, out var error))
                return error;
            error = OnMessage((HandshakeType)message[0], message);
            if (error.IsError)
                return error;
        }

        return default;
    }

    private void DisposeKeyExchange()
    {
        KeyExchange?.Dispose();
        KeyExchange = null;
    }
}
