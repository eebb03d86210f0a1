using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls;

/// <summary>Handshake messages on their way out, by level. After the handshake nothing is sent: a key update is the transport's business, and no tickets are issued.</summary>
internal sealed class OutgoingMessages
{
    private int _initialTaken;
    private int _handshakeTaken;

    /// <summary>What goes into Initial packets.</summary>
    public HandshakeWriter Initial { get; } = new();

    /// <summary>What goes into Handshake packets.</summary>
    public HandshakeWriter Handshake { get; } = new();

    /// <summary>Takes what was written to the lowest level and not taken yet.</summary>
    public bool TryTake(out EncryptionLevel level, out ReadOnlyMemory<byte> bytes)
    {
        level = EncryptionLevel.Initial;
        if (TryTake(Initial, ref _initialTaken, out bytes))
            return true;
        level = EncryptionLevel.Handshake;
        return TryTake(Handshake, ref _handshakeTaken, out bytes);
    }

    private static bool TryTake(HandshakeWriter writer, ref int taken, out ReadOnlyMemory<byte> bytes)
    {
        bytes = writer.WrittenFrom(taken);
        taken = writer.Length;
        return !bytes.IsEmpty;
    }
}
