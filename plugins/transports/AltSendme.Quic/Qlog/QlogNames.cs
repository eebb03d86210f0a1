using System.Text.Json;
using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Qlog;

/// <summary>How qlog calls things (draft-ietf-quic-qlog-quic-events).</summary>
internal static class QlogNames
{
    /// <summary>An error of which the transport knows no name.</summary>
    public const string Unknown = "unknown";

    private const ulong LastCryptoError = (ulong)TransportErrorCode.CryptoErrorBase + byte.MaxValue;

    /// <summary>A packet type.</summary>
    public static string Of(EncryptionLevel level) => level switch
    {
        EncryptionLevel.Initial => "initial",
        EncryptionLevel.Handshake => "handshake",
        _ => "1RTT",
    };

    /// <summary>A transport error code.</summary>
    public static string Of(ulong transportCode) => transportCode switch
    {
        >= (ulong)TransportErrorCode.CryptoErrorBase and <= LastCryptoError => $"crypto_error_0x{transportCode:x3}",
        <= (ulong)TransportErrorCode.NoViablePath => JsonNamingPolicy.SnakeCaseLower.ConvertName(((TransportErrorCode)transportCode).ToString()),
        _ => Unknown,
    };

    /// <summary>What ended a connection.</summary>
    public static string Of(ConnectionCloseKind kind) => kind switch
    {
        ConnectionCloseKind.LocalApplication or ConnectionCloseKind.PeerApplication => "application",
        ConnectionCloseKind.LocalTransport or ConnectionCloseKind.PeerTransport => "error",
        ConnectionCloseKind.IdleTimeout => "idle_timeout",
        ConnectionCloseKind.HandshakeTimeout => "aborted",
        ConnectionCloseKind.StatelessReset => "stateless_reset",
        _ => "version_mismatch",
    };
}
