using AltSendme.Primitives.Cryptography;
using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Crypto;
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
        var reader = new SpanReader(body);
        if (!reader.TryReadUInt16BigEndian(out var scheme) || !reader.TryReadVector16(out var signature) || !reader.IsAtEnd)
            return TlsAlert.DecodeError.Because("CertificateVerify is malformed");
        if (scheme != ProtocolConstants.Ed25519Scheme)
            return TlsAlert.IllegalParameter.Because("CertificateVerify uses a signature scheme that was not offered");

        Span<byte> content = stackalloc byte[MaxContentLength];
        return signature.Length == Ed25519.SignatureLength && Ed25519.Verify(publicKey, Compose(sender, transcriptHash, content), signature)
            ? default
            : TlsAlert.DecryptError.Because("The signature of CertificateVerify does not fit the key");
    }

    /// <summary>Appends the message, signed over the transcript up to this end's Certificate.</summary>
    public static void Write(HandshakeWriter writer, Side sender, SignHandshake sign, ReadOnlySpan<byte> transcriptHash)
    {
        Span<byte> content = stackalloc byte[MaxContentLength];
        Span<byte> signature = stackalloc byte[Ed25519.SignatureLength];
        sign(Compose(sender, transcriptHash, content), signature);

        var message = writer.BeginMessage(HandshakeType.CertificateVerify);
        writer.WriteUInt16(ProtocolConstants.Ed25519Scheme);
        writer.WriteVector(sizeof(ushort), signature);
        writer.EndVector(message);
    }

    private static Span<byte> Compose(Side sender, ReadOnlySpan<byte> transcriptHash, Span<byte> content)
    {
        var context = sender == Side.Server ? ServerContext : ClientContext;
        content[..PaddingLength].Fill(Padding);
        context.CopyTo(content[PaddingLength..]);
        transcriptHash.CopyTo(content[(PaddingLength + context.Length)..]);
        return content[..(PaddingLength + context.Length + transcriptHash.Length)];
    }
}
