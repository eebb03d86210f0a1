using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Tls.Extensions;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>A ClientHello as a server needs it (RFC 8446, section 4.1.2), checked and left where it was received.</summary>
internal readonly ref struct ClientHello
{
    /// <summary>The client's random.</summary>
    public required ReadOnlySpan<byte> Random { get; init; }

    /// <summary>Offered cipher suites.</summary>
    public required UInt16List CipherSuites { get; init; }

    /// <summary>Offered groups.</summary>
    public required UInt16List Groups { get; init; }

    /// <summary>Key shares for some of the groups.</summary>
    public required KeyShareList KeyShares { get; init; }

    /// <summary>Signature schemes that the client accepts.</summary>
    public required UInt16List SignatureSchemes { get; init; }

    /// <summary>Offered application protocols.</summary>
    public required ApplicationProtocolList ApplicationProtocols { get; init; }

    /// <summary>The client's transport parameters.</summary>
    public required ReadOnlySpan<byte> TransportParameters { get; init; }

    /// <summary>Whether the client asks for 0-RTT.</summary>
    public required bool HasEarlyData { get; init; }

    /// <summary>Reads the body of the message, without its header, for a server that speaks <paramref name="kind"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, CertificateKind kind, out ClientHello hello, out TransportError error)
    {
        hello = default;
        error = TlsAlert.DecodeError.Because("ClientHello is malformed");
        var reader = new SpanReader(body);
        if (!reader.TryReadUInt16BigEndian(out _)
            || !reader.TryReadBytes(ProtocolConstants.RandomLength, out var random)
            || !reader.TryReadVector8(out var sessionId) || sessionId.Length > 32
            || !reader.TryReadVector16(out var suites) || suites.IsEmpty || suites.Length % sizeof(ushort) != 0
            || !reader.TryReadVector8(out var compression) || compression.IsEmpty)
            return false;

        if (!sessionId.IsEmpty)
            error = TransportError.ProtocolViolation("ClientHello asks for the middlebox compatibility mode, which QUIC forbids");
        else if (compression is not [0])
            error = TlsAlert.IllegalParameter.Because("ClientHello offers compression");
        else if (reader.IsAtEnd)
            error = TlsAlert.ProtocolVersion.Because("ClientHello has no extensions, so that it is older than TLS 1.3");
        else if (reader.TryReadVector16(out var block) && reader.IsAtEnd)
            return TryReadExtensions(random, new UInt16List(suites), block, kind, out hello, out error);
        return false;
    }

    private static bool TryReadExtensions(ReadOnlySpan<byte> random, UInt16List suites, ReadOnlySpan<byte> block, CertificateKind kind, out ClientHello hello, out TransportError error)
    {
        hello = default;
        var bodies = new ClientHelloExtensions(kind);
        var reader = new ExtensionReader(block);
        while (reader.TryNext(out var type, out var extension, out error))
        {
            error = bodies.Take(type, extension, isLast: reader.IsAtEnd);
            if (error.IsError)
                return false;
        }

        if (error.IsError)
            return false;
        error = bodies.FindMissing();
        if (error.IsError || !KeyShareList.TryRead(bodies.KeyShares, bodies.Groups, out var keyShares, out error))
            return false;

        hello = new ClientHello
        {
            Random = random,
            CipherSuites = suites,
            Groups = bodies.Groups,
            KeyShares = keyShares,
            SignatureSchemes = bodies.SignatureSchemes,
            ApplicationProtocols = bodies.ApplicationProtocols,
            TransportParameters = bodies.TransportParameters,
            HasEarlyData = bodies.HasEarlyData,
        };
        return true;
    }
}
