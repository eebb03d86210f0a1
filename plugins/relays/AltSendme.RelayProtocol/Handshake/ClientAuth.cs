using AltSendme.Primitives.Cryptography;
using AltSendme.Primitives.Encoding;

namespace AltSendme.RelayProtocol;

/// <summary>The client's answer: its id, and a signature of <see cref="Challenge.Message"/>.</summary>
public readonly ref struct ClientAuth
{
    /// <summary>Bytes of the frame: type, id, length of the signature, signature.</summary>
    public const int FrameLength = 1 + RelayLimits.EndpointId + 1 + Ed25519.SignatureLength;

    /// <summary>Who the client says it is; 32 bytes.</summary>
    public ReadOnlySpan<byte> Endpoint { get; private init; }

    /// <summary>Its signature; 64 bytes.</summary>
    public ReadOnlySpan<byte> Signature { get; private init; }

    /// <summary>Writes the frame and returns its length.</summary>
    public static int Write(Span<byte> destination, ReadOnlySpan<byte> endpoint, ReadOnlySpan<byte> signature)
    {
        destination[0] = (byte)FrameType.ClientAuth;
        endpoint[..RelayLimits.EndpointId].CopyTo(destination[1..]);
        destination[1 + RelayLimits.EndpointId] = Ed25519.SignatureLength;
        signature[..Ed25519.SignatureLength].CopyTo(destination[(2 + RelayLimits.EndpointId)..]);
        return FrameLength;
    }

    /// <summary>Reads the one message that a client may send before it is authenticated.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out ClientAuth auth, out FrameFault fault)
    {
        auth = default;
        var reader = new SpanReader(message);
        if (!FrameHead.TryRead(ref reader, out var type, out fault))
            return false;
        if (type != FrameType.ClientAuth)
        {
            fault = FrameFault.NotAllowed;
            return false;
        }

        if (!reader.TryReadBytes(RelayLimits.EndpointId, out var endpoint) || !reader.TryReadByte(out var length) || length != Ed25519.SignatureLength
            || !reader.TryReadBytes(length, out var signature) || !reader.IsAtEnd)
        {
            fault = FrameFault.BadLength;
            return false;
        }

        auth = new ClientAuth { Endpoint = endpoint, Signature = signature };
        return true;
    }

    /// <summary>Whether the client owns the id that it names.</summary>
    public bool Proves(ReadOnlySpan<byte> challenge)
    {
        Span<byte> message = stackalloc byte[Challenge.MessageLength];
        Challenge.Message(challenge, message);
        return Ed25519.Verify(Endpoint, message, Signature);
    }
}
