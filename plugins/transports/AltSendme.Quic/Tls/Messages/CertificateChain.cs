using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>A server's Certificate message that holds X.509 certificates (RFC 8446, section 4.4.2), checked for form once and left where it was received.</summary>
internal readonly ref struct CertificateChain
{
    /// <summary>Certificates in one message; real chains have two to four.</summary>
    public const int MaxCount = 10;

    private readonly ReadOnlySpan<byte> _entries;

    private CertificateChain(ReadOnlySpan<byte> entries) => _entries = entries;

    /// <summary>Reads the body of the message, without its header: at least one certificate, no extension, since none was offered.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out CertificateChain chain, out TransportError error)
    {
        chain = default;
        error = TlsAlert.DecodeError.Because("Certificate is malformed");
        var outer = new SpanReader(body);
        if (!outer.TryReadVector8(out var context) || !outer.TryReadVector24(out var entries) || !outer.IsAtEnd || entries.IsEmpty)
            return false;
        if (!context.IsEmpty)
        {
            error = TlsAlert.IllegalParameter.Because("Certificate has a context in the handshake");
            return false;
        }

        var count = 0;
        for (var reader = new SpanReader(entries); !reader.IsAtEnd;)
        {
            if (!reader.TryReadVector24(out var certificate) || certificate.IsEmpty || !reader.TryReadVector16(out var extensions))
                return false;
            if (!extensions.IsEmpty)
            {
                error = TlsAlert.UnsupportedExtension.Because("Certificate carries an extension that was not offered");
                return false;
            }

            if (++count > MaxCount)
            {
                error = TlsAlert.BadCertificate.Because("Certificate holds too many certificates");
                return false;
            }
        }

        chain = new CertificateChain(entries);
        error = default;
        return true;
    }

    /// <summary>Appends the message.</summary>
    public static void Write(HandshakeWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        var message = writer.BeginMessage(HandshakeType.Certificate);
        writer.WriteVector(1, default);
        var entries = writer.BeginVector(3);
        foreach (var certificate in certificates)
        {
            writer.WriteVector(3, certificate.Span);
            writer.WriteVector(sizeof(ushort), default);
        }

        writer.EndVector(entries);
        writer.EndVector(message);
    }

    /// <summary>Goes through the certificates, the sender's own first.</summary>
    public Enumerator GetEnumerator() => new(_entries);

    /// <summary>Where an enumeration stands.</summary>
    public ref struct Enumerator(ReadOnlySpan<byte> entries)
    {
        private SpanReader _reader = new(entries);

        /// <summary>The encoded certificate.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        /// <summary>Goes on to the next.</summary>
        public bool MoveNext()
        {
            if (_reader.IsAtEnd || !_reader.TryReadVector24(out var certificate) || !_reader.TryReadVector16(out _))
                return false;
            Current = certificate;
            return true;
        }
    }
}
