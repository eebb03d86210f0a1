using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Extensions;

/// <summary>Extensions whose body is written as it is.</summary>
internal static class RawExtension
{
    /// <summary>Appends an extension with this body, for example the transport parameters of QUIC (RFC 9001, section 8.2).</summary>
    public static void Write(HandshakeWriter writer, ExtensionType type, ReadOnlySpan<byte> body)
    {
        var extension = writer.BeginExtension(type);
        writer.WriteBytes(body);
        writer.EndVector(extension);
    }
}
