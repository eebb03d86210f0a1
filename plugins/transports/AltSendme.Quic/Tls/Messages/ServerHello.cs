using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Tls.Exchange;
using AltSendme.Quic.Tls.Extensions;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>A ServerHello or a HelloRetryRequest, which has the same form (RFC 8446, sections 4.1.3 and 4.1.4), left where it was received.</summary>
internal ref struct ServerHello
{
    private bool _hasVersion;

    /// <summary>Whether this asks for another ClientHello.</summary>
    public bool IsRetry { get; private set; }

    /// <summary>The chosen suite, not yet compared with the offer.</summary>
    public CipherSuiteId CipherSuite { get; private set; }

    /// <summary>The group of the key share, or the one that a retry asks for; null where it asks for none.</summary>
    public NamedGroup? Group { get; private set; }

    /// <summary>The server's share; empty in a retry.</summary>
    public ReadOnlySpan<byte> KeyShare { get; private set; }

    /// <summary>The cookie of a retry; empty without one.</summary>
    public ReadOnlySpan<byte> Cookie { get; private set; }

    /// <summary>Reads the body of the message, without its header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ServerHello hello, out TransportError error)
    {
        hello = default;
        error = TlsAlert.DecodeError.Because("ServerHello is malformed");
        var reader = new SpanReader(body);
        if (!reader.TryReadUInt16BigEndian(out var version)
            || !reader.TryReadBytes(ProtocolConstants.RandomLength, out var random)
            || !reader.TryReadVector8(out var sessionId) || sessionId.Length > 32
            || !reader.TryReadUInt16BigEndian(out var suite)
            || !reader.TryReadByte(out var compression))
            return false;

        if (reader.IsAtEnd)
            error = TlsAlert.ProtocolVersion.Because("ServerHello has no extensions, so that it is older than TLS 1.3");
        else if (!reader.TryReadVector16(out var block) || !reader.IsAtEnd)
            return false;
        else if (version != ProtocolConstants.LegacyVersion || !sessionId.IsEmpty || compression != 0)
            error = TlsAlert.IllegalParameter.Because("ServerHello has a version, session id or compression that was not offered");
        else
        {
            hello.IsRetry = random.SequenceEqual(ProtocolConstants.HelloRetryRandom);
            hello.CipherSuite = (CipherSuiteId)suite;
            error = hello.ReadExtensions(block);
        }

        return !error.IsError;
    }

    /// <summary>Appends a ServerHello with a key share.</summary>
    public static void Write(HandshakeWriter writer, ReadOnlySpan<byte> random, CipherSuiteId suite, KeyExchange keyShare)
    {
        var message = writer.BeginMessage(HandshakeType.ServerHello);
        WriteFields(writer, random, suite);
        var extensions = writer.BeginVector(sizeof(ushort));
        SupportedVersions.WriteChoice(writer);
        var share = writer.BeginExtension(ExtensionType.KeyShare);
        writer.WriteUInt16((ushort)keyShare.Group);
        writer.WriteVector(sizeof(ushort), keyShare.PublicKey);
        writer.EndVector(share);
        writer.EndVector(extensions);
        writer.EndVector(message);
    }

    /// <summary>Appends a HelloRetryRequest that asks for a share of <paramref name="group"/>. Without a cookie: this end keeps its state, and QUIC validates addresses by itself.</summary>
    public static void WriteRetry(HandshakeWriter writer, CipherSuiteId suite, NamedGroup group)
    {
        var message = writer.BeginMessage(HandshakeType.ServerHello);
        WriteFields(writer, ProtocolConstants.HelloRetryRandom, suite);
        var extensions = writer.BeginVector(sizeof(ushort));
        SupportedVersions.WriteChoice(writer);
        var share = writer.BeginExtension(ExtensionType.KeyShare);
        writer.WriteUInt16((ushort)group);
        writer.EndVector(share);
        writer.EndVector(extensions);
        writer.EndVector(message);
    }

    private static void WriteFields(HandshakeWriter writer, ReadOnlySpan<byte> random, CipherSuiteId suite)
    {
        writer.WriteUInt16(ProtocolConstants.LegacyVersion);
        writer.WriteBytes(random);
        writer.WriteVector(1, default);
        writer.WriteUInt16((ushort)suite);
        writer.WriteByte(0);
    }

    private TransportError ReadExtensions(ReadOnlySpan<byte> block)
    {
        var reader = new ExtensionReader(block);
        TransportError error;
        while (reader.TryNext(out var type, out var body, out error))
        {
            error = Take(type, body);
            if (error.IsError)
                return error;
        }

        if (error.IsError)
            return error;
        if (!_hasVersion)
            return TlsAlert.ProtocolVersion.Because("ServerHello has no supported_versions, so that it is older than TLS 1.3");
        if (!IsRetry && KeyShare.IsEmpty)
            return TlsAlert.MissingExtension.Because("ServerHello has no key_share");
        return default;
    }

    private TransportError Take(ExtensionType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case ExtensionType.SupportedVersions:
                _hasVersion = true;
                return SupportedVersions.CheckChoice(body);
            case ExtensionType.KeyShare:
                return TakeKeyShare(body) ? default : TlsAlert.DecodeError.Because("A key_share extension is malformed");
            case ExtensionType.Cookie when IsRetry:
                var wellFormed = VectorReader.TryReadWhole16(body, out var cookie);
                Cookie = cookie;
                return wellFormed ? default : TlsAlert.DecodeError.Because("A cookie extension is malformed");
            default:
                return ForeignExtension.In(type, "ServerHello carries an extension that was not offered", "ServerHello carries an extension that belongs elsewhere");
        }
    }

    private bool TakeKeyShare(ReadOnlySpan<byte> body)
    {
        var reader = new SpanReader(body);
        if (!reader.TryReadUInt16BigEndian(out var group))
            return false;
        Group = (NamedGroup)group;
        if (IsRetry)
            return reader.IsAtEnd;
        var valid = reader.TryReadVector16(out var share) && reader.IsAtEnd && !share.IsEmpty;
        KeyShare = share;
        return valid;
    }
}
