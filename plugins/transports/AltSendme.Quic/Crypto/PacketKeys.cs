namespace AltSendme.Quic.Crypto;

/// <summary>Both directions' keys of one level and phase. Whoever takes them disposes both.</summary>
internal readonly record struct PacketKeys(IPacketSealer Sealer, IPacketOpener Opener);
