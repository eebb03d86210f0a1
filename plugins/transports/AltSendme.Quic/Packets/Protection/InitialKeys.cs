using System.Security.Cryptography;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Schedule;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>Keys of Initial packets (RFC 9001, section 5.2). Anybody who sees the first Initial can derive them: they guard against accidents and blind attackers, nothing more.</summary>
internal static class InitialKeys
{
    private static ReadOnlySpan<byte> Salt =>
        [0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a];

    /// <summary>Derives both directions from the destination connection id of the client's first Initial.</summary>
    public static PacketKeys Derive(Side side, ReadOnlySpan<byte> destinationConnectionId)
    {
        var suite = CipherSuite.Aes128Gcm;
        Span<byte> initial = stackalloc byte[CipherSuite.MaxHashLength];
        Span<byte> client = stackalloc byte[CipherSuite.MaxHashLength];
        Span<byte> server = stackalloc byte[CipherSuite.MaxHashLength];
        initial = initial[..suite.HashLength];
        client = client[..suite.HashLength];
        server = server[..suite.HashLength];

        HKDF.Extract(suite.Hash, destinationConnectionId, Salt, initial);
        HkdfLabel.Expand(suite.Hash, initial, "client in"u8, default, client);
        HkdfLabel.Expand(suite.Hash, initial, "server in"u8, default, server);
        return side == Side.Client ? PacketSecret.CreateKeys(suite, client, server) : PacketSecret.CreateKeys(suite, server, client);
    }
}
