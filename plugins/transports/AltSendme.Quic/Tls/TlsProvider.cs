using AltSendme.Quic.Crypto;
using AltSendme.Quic.Packets.Protection;

namespace AltSendme.Quic.Tls;

/// <summary>TLS 1.3 with raw public keys for QUIC v1 (RFC 9001, RFC 7250): the cryptography of every connection of one configuration. Holds no secret and needs no disposal.</summary>
internal sealed class TlsProvider(TlsConfiguration configuration) : ICryptoProvider
{
    /// <inheritdoc />
    public ICryptoSession Start(Side side, ReadOnlySpan<byte> localTransportParameters) =>
        side == Side.Client ? new ClientHandshake(configuration, localTransportParameters) : new ServerHandshake(configuration, localTransportParameters);

    /// <inheritdoc />
    public PacketKeys DeriveInitialKeys(Side side, ReadOnlySpan<byte> destinationConnectionId) => InitialKeys.Derive(side, destinationConnectionId);

    /// <inheritdoc />
    public void ComputeRetryTag(ReadOnlySpan<byte> originalDestinationConnectionId, ReadOnlySpan<byte> retry, Span<byte> tag) =>
        RetryIntegrityTag.Compute(originalDestinationConnectionId, retry, tag);
}
