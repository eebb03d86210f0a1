namespace AltSendme.Quic.Crypto;

/// <summary>What a connection needs of cryptography before it has a session. One a configuration (identity, protocols, expected peer); shared by connections of one owner.</summary>
internal interface ICryptoProvider
{
    /// <summary>Starts a handshake. The parameters are the body of this end's quic_transport_parameters extension and are copied.</summary>
    ICryptoSession Start(Side side, ReadOnlySpan<byte> localTransportParameters);

    /// <summary>Initial keys of QUIC v1 from the destination connection id of the client's first Initial (RFC 9001, section 5.2).</summary>
    PacketKeys DeriveInitialKeys(Side side, ReadOnlySpan<byte> destinationConnectionId);

    /// <summary>Retry integrity tag of QUIC v1 (RFC 9001, section 5.8). <paramref name="retry"/> is the Retry packet without its tag; <paramref name="tag"/> is 16 bytes.</summary>
    void ComputeRetryTag(ReadOnlySpan<byte> originalDestinationConnectionId, ReadOnlySpan<byte> retry, Span<byte> tag);
}
