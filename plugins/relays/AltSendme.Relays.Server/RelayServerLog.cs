using System.Net;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Server;

/// <summary>What the server logs; events 7001 to 7999. Who is connected is a matter of debugging; who sends to whom is logged nowhere.</summary>
internal static partial class RelayServerLog
{
    [LoggerMessage(7001, LogLevel.Information, "Relaying on {Address}, access: {Mode}")]
    public static partial void Listening(ILogger logger, string address, string mode);

    [LoggerMessage(7002, LogLevel.Debug, "Client {Endpoint} connected")]
    public static partial void ClientConnected(ILogger logger, string endpoint);

    [LoggerMessage(7003, LogLevel.Debug, "Client {Endpoint} left")]
    public static partial void ClientLeft(ILogger logger, string endpoint);

    [LoggerMessage(7004, LogLevel.Debug, "Client {Endpoint} may not use this relay")]
    public static partial void AccessDenied(ILogger logger, string endpoint);

    [LoggerMessage(7005, LogLevel.Warning, "The access service gave no answer, so a client was turned away: {Reason}")]
    public static partial void CallOutFailed(ILogger logger, string reason);

    [LoggerMessage(7006, LogLevel.Information, "The certificate was read again")]
    public static partial void CertificateRenewed(ILogger logger);

    [LoggerMessage(7007, LogLevel.Warning, "The certificate has changed and can't be read; the old one stays: {Reason}")]
    public static partial void CertificateUnreadable(ILogger logger, string reason);

    [LoggerMessage(7008, LogLevel.Information, "Metrics on {Address}")]
    public static partial void MetricsListening(ILogger logger, string address);

    [LoggerMessage(7009, LogLevel.Information, "Telling endpoints their public address on UDP {Address}")]
    public static partial void TellingAddresses(ILogger logger, EndPoint address);
}
