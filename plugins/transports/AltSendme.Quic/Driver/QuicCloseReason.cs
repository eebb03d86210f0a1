namespace AltSendme.Quic.Driver;

/// <summary>How a connection came to its end.</summary>
/// <param name="Failure">What happened.</param>
/// <param name="Code">The code of the application that closed it, or a <see cref="TransportErrorCode"/>.</param>
/// <param name="Text">Words that came with it. Those of a peer are foreign: print them with care.</param>
public sealed record QuicCloseReason(QuicFailure Failure, ulong Code, string Text)
{
    private const ulong CertificateUnknown = (ulong)TransportErrorCode.CryptoErrorBase + (ulong)Tls.TlsAlert.CertificateUnknown;
    private const ulong BadCertificate = (ulong)TransportErrorCode.CryptoErrorBase + (ulong)Tls.TlsAlert.BadCertificate;
    private const ulong UnknownAuthority = (ulong)TransportErrorCode.CryptoErrorBase + (ulong)Tls.TlsAlert.UnknownAuthority;
    private const ulong NoApplicationProtocol = (ulong)TransportErrorCode.CryptoErrorBase + (ulong)Tls.TlsAlert.NoApplicationProtocol;
    private const ulong LastCryptoError = (ulong)TransportErrorCode.CryptoErrorBase + byte.MaxValue;

    internal static QuicCloseReason From(ConnectionCloseReason reason) => new(FailureOf(reason), reason.Code, reason.Reason);

    private static QuicFailure FailureOf(ConnectionCloseReason reason) => reason.Kind switch
    {
        ConnectionCloseKind.LocalApplication => QuicFailure.ClosedHere,
        ConnectionCloseKind.PeerApplication => QuicFailure.ClosedByPeer,
        ConnectionCloseKind.IdleTimeout or ConnectionCloseKind.HandshakeTimeout => QuicFailure.TimedOut,
        ConnectionCloseKind.StatelessReset => QuicFailure.Forgotten,
        ConnectionCloseKind.VersionMismatch => QuicFailure.NoCommonVersion,
        _ => FailureOf(reason.Code),
    };

    private static QuicFailure FailureOf(ulong transportCode) => transportCode switch
    {
        (ulong)TransportErrorCode.NoError => QuicFailure.ClosedByPeer,
        (ulong)TransportErrorCode.ConnectionRefused => QuicFailure.Refused,
        CertificateUnknown or BadCertificate or UnknownAuthority => QuicFailure.WrongPeer,
        NoApplicationProtocol => QuicFailure.NoCommonProtocol,
        >= (ulong)TransportErrorCode.CryptoErrorBase and <= LastCryptoError => QuicFailure.HandshakeFailed,
        _ => QuicFailure.ProtocolViolation,
    };
}
