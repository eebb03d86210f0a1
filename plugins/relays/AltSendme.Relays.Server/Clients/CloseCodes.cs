namespace AltSendme.Relays.Server.Clients;

/// <summary>Why a WebSocket is closed (RFC 6455, section 7.4.1, and IANA's registry).</summary>
internal static class CloseCodes
{
    public const ushort Normal = 1000;
    public const ushort ProtocolError = 1002;
    public const ushort TooLarge = 1009;
    public const ushort ServiceRestart = 1012;
}
