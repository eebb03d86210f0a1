using AltSendme.Primitives.Cryptography;
using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls.Certificates;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>Proof that the sender of a Certificate owns its key (RFC 8446, section 4.4.3).</summary>
internal static class CertificateVerify
{
    private const int PaddingLength = 64;
    private const byte Padding = 0x20;
    private const int MaxContentLength = PaddingLength + 34 + CipherSuite.MaxHashLength;

    private static ReadOnlySpan<byte> ServerContext => "TLS 1.3, server CertificateVerify\0"u8;

    private static ReadOnlySpan<byte> ClientContext => "TLS 1.3, client CertificateVerify\0"u8;

    /// <summary>Checks the body of the message against the sender's key and the transcript up to its Certificate.</summary>
    public static TransportError Check(ReadOnlySpan<byte> body, Side sender, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> transcriptHash)
    {
        if (!TryRead(body, out var scheme, out var signature))
            return Malformed();
        if (scheme != SignatureScheme.Ed25519)
            return NotOffered();

        Span<byte> content = stackalloc byte[MaxContentLength];
        return signature.Length == Ed25519.SignatureLength && Ed25519.Verify(publicKey, Compose(sender, transcriptHash, content), signature)
            ? default
            : DoesNotFit();
    }

    /// <summary>Checks the body of the message against a server's certificate and the transcript up to its Certificate.</summary>
    public static TransportError Check(ReadOnlySpan<byte> body, PeerCertificate certificate, ReadOnlySpan<byte> transcriptHash)
    {
        if (!TryRead(body, out var scheme, out var signature))
            return Malformed();
        if (!CertificateSignature.MaySignHandshakes(scheme))
            return NotOffered();

        Span<byte> content = stackalloc byte[MaxContentLength];
        return certificate.Signed(scheme, Compose(Side.Server, transcriptHash, content), signature) ? default : DoesNotFit();
    }

    /// <summary>Appends the message, signed over the transcript up to this end's Certificate.</summary>
    public static void Write(HandshakeWriter writer, Side sender, SignHandshake sign, ReadOnlySpan<byte> transcriptHash)
    {
        Span<byte> content = stackalloc byte[MaxContentLength];
        Span<byte> signature = stackalloc byte[Ed25519.SignatureLength];
        sign(Compose(sender, transcriptHash, content), signature);
        Write(writer, SignatureScheme.Ed25519, signature);
    }

    /// <summary>Appends a server's message, signed with its certificate's key.</summary>
    public static void Write(HandshakeWriter writer, ServerCertificate certificate, SignatureScheme scheme, ReadOnlySpan<byte> transcriptHash)
    {
        Span<byte> content = stackalloc byte[MaxContentLength];
        Write(writer, scheme, certificate.Sign(scheme, Compose(Side.Server, transcriptHash, content)));
    }

    private static void Write(HandshakeWriter writer, SignatureScheme scheme, ReadOnlySpan<byte> signature)
    {
        var message = writer.BeginMessage(HandshakeType.CertificateVerify);
        writer.WriteUInt16((ushort)scheme);
        writer.WriteVector(sizeof(ushort), signature);
        writer.EndVector(message);
    }

    private static bool TryRead(ReadOnlySpan<byte> body, out SignatureScheme scheme, out ReadOnlySpan<byte> signature)
    {
        signature = default;
        var reader = new SpanReader(body);
        var valid = reader.TryReadUInt16BigEndian(out var number) && reader.TryReadVector16(out signature) && reader.IsAtEnd;
        scheme = (SignatureScheme)number;
        return valid;
    }

    private static TransportError Malformed() => TlsAlert.DecodeError.Because("CertificateVerify is malformed");

    private static TransportError NotOffered() => TlsAlert.IllegalParameter.Because("CertificateVerify uses a signature scheme that was not offered");

    private static TransportError DoesNotFit() => TlsAlert.DecryptError.Because("The signature of CertificateVerify does not fit the key");

    private static Span<byte> Compose(Side sender, ReadOnlySpan<byte> transcriptHash, Span<byte> content)
    {
        var context = sender == Side.Server ? ServerContext : ClientContext;
        content[..PaddingLength].Fill(Padding);
        context.CopyTo(content[PaddingLength..]);
        transcriptHash.CopyTo(content[(PaddingLength + context.Length)..]);
        return content[..(PaddingLength + context.Length + transcriptHash.Length)];
    }
}
