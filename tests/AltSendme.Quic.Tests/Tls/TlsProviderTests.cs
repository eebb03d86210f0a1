using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Exchange;

namespace AltSendme.Quic.Tests.Tls;

public sealed class TlsProviderTests
{
    [Fact]
    public void A_configuration_with_which_no_handshake_could_succeed_is_refused_with_all_its_faults()
    {
        var unusable = HandshakePair.Configure(HandshakePair.ServerIdentity) with
        {
            PublicKey = new byte[31],
            ExpectedPeer = new byte[33],
            ApplicationProtocols = [ReadOnlyMemory<byte>.Empty],
            CipherSuites = [(CipherSuiteId)0x1304],
            Groups = [(NamedGroup)0x18],
        };

        var fault = Assert.Throws<ArgumentException>(() => new TlsProvider(unusable));

        foreach (var part in new[] { "PublicKey", "ExpectedPeer", "ApplicationProtocols", "CipherSuites", "Groups" })
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_ends_of_two_providers_finish_their_handshake()
    {
        var client = new TlsProvider(HandshakePair.Configure(HandshakePair.ClientIdentity)).Start(Side.Client, [1]);
        var server = new TlsProvider(HandshakePair.Configure(HandshakePair.ServerIdentity)).Start(Side.Server, [2]);
        using (client)
        using (server)
        {
            while (Carry(client, server) | Carry(server, client))
            {
            }

            Assert.True(client.IsComplete && server.IsComplete);
        }
    }

    private static bool Carry(ICryptoSession from, ICryptoSession to)
    {
        var moved = false;
        while (from.TryTakeOutgoing(out var level, out var bytes))
            moved |= to.TryReceive(level, bytes.Span, out _);
        return moved;
    }
}
