using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Packets;

/// <summary>Collects sealed 1-RTT packets of one buffer and masks their headers together: many ciphers make a batch of masks for little more than one.</summary>
internal sealed class HeaderMaskBatch
{
    private const int Capacity = 64;

    private readonly byte[] _samples = new byte[Capacity * CryptoConstants.MaskStride];
    private readonly (int Start, int PacketNumberOffset)[] _packets = new (int, int)[Capacity];
    private int _count;

    /// <summary>Adds a packet that begins at <paramref name="start"/> of the buffer.</summary>
    public void Add(Span<byte> buffer, int start, int packetNumberOffset, IPacketSealer sealer)
    {
        if (_count == Capacity)
            Flush(buffer, sealer);
        HeaderMask.TryGetSample(buffer[start..], packetNumberOffset, out var sample);
        sample.CopyTo(_samples.AsSpan(_count * CryptoConstants.MaskStride));
        _packets[_count++] = (start, packetNumberOffset);
    }

    /// <summary>Masks what was added.</summary>
    public void Flush(Span<byte> buffer, IPacketSealer sealer)
    {
        if (_count == 0)
            return;
        var masks = _samples.AsSpan(0, _count * CryptoConstants.MaskStride);
        sealer.ComputeHeaderMasks(masks, masks);
        for (var i = 0; i < _count; i++)
            HeaderMask.Apply(buffer[_packets[i].Start..], _packets[i].PacketNumberOffset, masks[(i * CryptoConstants.MaskStride)..]);
        _count = 0;
    }
}
