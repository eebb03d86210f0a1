using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Simulation.PlainCrypto;

/// <summary>Changes the frames of a packet before it is sealed, in place.</summary>
internal delegate void TamperWithFrames(Span<byte> frames);

/// <summary>A peer that has the keys and means ill: it changes what its own transport is about to send, and may declare other parameters than it uses.</summary>
internal sealed class TamperingProvider(TamperWithFrames frames, Func<byte[], byte[]>? parameters = null) : ICryptoProvider
{
    private readonly PlainProvider _inner = new();

    /// <inheritdoc />
    public ICryptoSession Start(Side side, ReadOnlySpan<byte> localTransportParameters)
    {
        var declared = localTransportParameters.ToArray();
        return new Session(_inner.Start(side, parameters?.Invoke(declared) ?? declared), this);
    }

    /// <inheritdoc />
    public PacketKeys DeriveInitialKeys(Side side, ReadOnlySpan<byte> destinationConnectionId) => Wrap(_inner.DeriveInitialKeys(side, destinationConnectionId));

    /// <inheritdoc />
    public void ComputeRetryTag(ReadOnlySpan<byte> originalDestinationConnectionId, ReadOnlySpan<byte> retry, Span<byte> tag) => _inner.ComputeRetryTag(originalDestinationConnectionId, retry, tag);

    private PacketKeys Wrap(in PacketKeys keys) => keys with { Sealer = new TamperingSealer(keys.Sealer, frames) };

    private sealed class TamperingSealer(IPacketSealer inner, TamperWithFrames tamper) : IPacketSealer
    {
        public ulong ConfidentialityLimit => inner.ConfidentialityLimit;

        public void Seal(ulong packetNumber, Span<byte> packet, int headerLength)
        {
            tamper(packet[headerLength..^CryptoConstants.TagLength]);
            inner.Seal(packetNumber, packet, headerLength);
        }

        public void ComputeHeaderMasks(ReadOnlySpan<byte> samples, Span<byte> masks) => inner.ComputeHeaderMasks(samples, masks);

        public void Dispose() => inner.Dispose();
    }

    private sealed class Session(ICryptoSession inner, TamperingProvider provider) : ICryptoSession
    {
        public bool IsComplete => inner.IsComplete;

        public ReadOnlySpan<byte> PeerTransportParameters => inner.PeerTransportParameters;

        public ReadOnlySpan<byte> ApplicationProtocol => inner.ApplicationProtocol;

        public ReadOnlySpan<byte> PeerPublicKey => inner.PeerPublicKey;

        public bool TryReceive(EncryptionLevel level, ReadOnlySpan<byte> bytes, out TransportError error) => inner.TryReceive(level, bytes, out error);

        public bool TryTakeOutgoing(out EncryptionLevel level, out ReadOnlyMemory<byte> bytes) => inner.TryTakeOutgoing(out level, out bytes);

        public bool TryTakeKeys(out EncryptionLevel level, out PacketKeys keys)
        {
            if (!inner.TryTakeKeys(out level, out keys))
                return false;
            keys = provider.Wrap(keys);
            return true;
        }

        public PacketKeys DeriveNextPhase() => provider.Wrap(inner.DeriveNextPhase());

        public bool TryExport(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output) => inner.TryExport(label, context, output);

        public void Dispose() => inner.Dispose();
    }
}
