using AltSendme.Quic.Crypto;
using AltSendme.Quic.Packets.Protection;

namespace AltSendme.Quic.Tls;

/// <summary>TLS 1.3 with raw public keys or a server's certificate for QUIC v1 (RFC 9001, RFC 7250): the cryptography of every connection of one configuration. Holds no secret and needs no disposal.</summary>
internal sealed class TlsProvider : ICryptoProvider
{
    private readonly TlsConfiguration _configuration;

    /// <summary>Takes a configuration, which is checked here once.</summary>
    /// <exception cref="ArgumentException">No handshake could succeed with it; the message lists every fault.</exception>
    public TlsProvider(TlsConfiguration configuration)
    {
        TlsConfigurationValidator.ThrowIfUnusable(configuration);
        _configuration = configuration;
    }

    /// <summary>The key that the peer must have; empty when any will do.</summary>
    public ReadOnlySpan<byte> ExpectedPeer => _configuration.ExpectedPeer.Span;

    /// <inheritdoc />
    public ICryptoSession Start(Side side, ReadOnlySpan<byte> localTransportParameters) =>
        side == Side.Client ? new ClientHandshake(_configuration, localTransportParameters) : new ServerHandshake(_configuration, localTransportParameters);

    /// <inheritdoc />
    public PacketKeys DeriveInitialKeys(Side side, ReadOnlySpan<byte> destinationConnectionId) => InitialKeys.Derive(side, destinationConnectionId);

    /// <inheritdoc />
    public void ComputeRetryTag(ReadOnlySpan<byte> originalDestinationConnectionId, ReadOnlySpan<byte> retry, Span<byte> tag) =>
        RetryIntegrityTag.Compute(originalDestinationConnectionId, retry, tag);
}
