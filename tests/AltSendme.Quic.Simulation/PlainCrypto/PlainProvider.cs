using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Simulation.PlainCrypto;

/// <summary>
/// A stand-in for TLS without cryptography: the handshake has the shape of the real one, packets stay readable and carry a checksum in place of a tag, so that corruption is noticed. For tests of the
/// transport only.
/// </summary>
internal sealed class PlainProvider : ICryptoProvider
{
    /// <summary>Bytes of the server's certificate: how long its flight is.</summary>
    public int CertificateLength { get; init; } = 700;

    /// <summary>Packets that a key is good for.</summary>
    public ulong ConfidentialityLimit { get; init; } = 1UL << 23;

    /// <summary>Whether checksums are computed and checked; off, packets cost nothing to protect.</summary>
    public bool IsChecked { get; init; } = true;

    /// <inheritdoc />
    public ICryptoSession Start(Side side, ReadOnlySpan<byte> localTransportParameters) => new PlainSession(side, localTransportParameters.ToArray(), this);

    /// <inheritdoc />
    public PacketKeys DeriveInitialKeys(Side side, ReadOnlySpan<byte> destinationConnectionId)
    {
        var secret = 17UL;
        foreach (var b in destinationConnectionId)
            secret = (secret * 31) + b;
        return KeysFor(secret);
    }

    /// <inheritdoc />
    public void ComputeRetryTag(ReadOnlySpan<byte> originalDestinationConnectionId, ReadOnlySpan<byte> retry, Span<byte> tag)
    {
        tag.Clear();
        PlainChecksum.Write(tag, PlainChecksum.Of(PlainChecksum.Of(29, originalDestinationConnectionId), retry));
    }

    /// <summary>Keys that a number decides; both ends use the same ones.</summary>
    public PacketKeys KeysFor(ulong secret)
    {
        var keys = new PlainKeys(secret, this);
        return new PacketKeys(keys, keys);
    }
}
