using AltSendme.Quic.Crypto;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Simulation.PlainCrypto;

namespace AltSendme.Quic.Simulation;

/// <summary>Writes frames.</summary>
internal delegate void WriteFrames(ref PacketWriter writer);

/// <summary>A peer that breaks the rules: it sends whatever frames it likes in packets that are otherwise genuine. Needs <see cref="PlainProvider"/>, whose keys anybody has.</summary>
internal sealed class Forger(SimulatedNetwork network, SimulatedHost victimHost, Connection victim, Connection accomplice)
{
    private const int NumberLength = 4;
    private readonly PlainProvider _provider = new();
    private readonly PacketKeys _keys = new PlainProvider().KeysFor(1000);

    /// <summary>The number of the next packet: far above what the accomplice sends itself.</summary>
    public ulong NextNumber { get; set; } = 100_000;

    /// <summary>Where packets seem to come from; the accomplice's address when null.</summary>
    public NetworkAddress? From { get; set; }

    /// <summary>Puts frames into a 1-RTT packet and gives it to the victim.</summary>
    public void Send(WriteFrames frames, bool setsReservedBits = false)
    {
        var buffer = new byte[1500];
        var writer = new PacketWriter(buffer);
        ShortHeader.Write(ref writer, false, false, accomplice.Path.Destination.Id, NextNumber, NumberLength);
        if (setsReservedBits)
            buffer[0] |= HeaderBits.ShortReserved;
        Deliver(buffer, writer.Position, frames, _keys.Sealer);
    }

    /// <summary>Puts frames into an Initial of the smallest size, or of <paramref name="size"/> bytes, and gives it to the victim.</summary>
    public void SendInitial(ConnectionId destination, ConnectionId source, WriteFrames frames, int size = Limits.MinDatagram)
    {
        var buffer = new byte[2000];
        var writer = new PacketWriter(buffer);
        var lengthField = LongHeader.Write(ref writer, LongPacketType.Initial, false, destination, source, [], NextNumber, NumberLength);
        var header = writer.Position;
        frames(ref writer);
        writer.WriteZeros(size - writer.Position - CryptoConstants.TagLength);
        LongHeader.PatchLength(buffer.AsSpan(0, size), lengthField);
        Protect(buffer.AsSpan(0, size), header, _provider.DeriveInitialKeys(Side.Client, destination.Bytes).Sealer);
    }

    private void Deliver(byte[] buffer, int header, WriteFrames frames, IPacketSealer sealer)
    {
        var writer = new PacketWriter(buffer.AsSpan(header));
        frames(ref writer);
        var missing = HeaderMask.SampleOffset - NumberLength - writer.Position;
        if (missing > 0)
            writer.WriteZeros(missing);
        Protect(buffer.AsSpan(0, header + writer.Position + CryptoConstants.TagLength), header, sealer);
    }

    private void Protect(Span<byte> packet, int header, IPacketSealer sealer)
    {
        sealer.Seal(NextNumber++, packet, header);
        Span<byte> mask = stackalloc byte[CryptoConstants.MaskStride];
        HeaderMask.TryGetSample(packet, header - NumberLength, out var sample);
        sealer.ComputeHeaderMasks(sample, mask);
        HeaderMask.Apply(packet, header - NumberLength, mask);
        victim.Receive(packet, new NetworkPath(victimHost.Address, From ?? accomplice.Path.Address.Local), Ecn.NotCapable, network.Now);
    }
}
