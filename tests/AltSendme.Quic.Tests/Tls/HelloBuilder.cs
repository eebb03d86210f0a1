using AltSendme.Primitives.Cryptography;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tests.Tls;

/// <summary>Writes messages field by field, right by default, so that a test can make exactly one of them wrong.</summary>
internal sealed class HelloBuilder
{
    private readonly List<(ushort Type, byte[] Body)> _extensions = [];

    public byte[] Random { get; set; } = new byte[32];

    public byte[] SessionId { get; set; } = [];

    public byte[] Suites { get; set; } = [0x13, 0x02, 0x13, 0x01, 0x13, 0x03];

    public byte[] Compression { get; set; } = [0];

    /// <summary>The extensions of a real iroh 1.1 ClientHello: P-384 among the groups, PSK modes, status_request, extended_master_secret, no server name.</summary>
    public static HelloBuilder Iroh()
    {
        var hello = new HelloBuilder();
        hello.Set(ExtensionType.PskKeyExchangeModes, [1, 1]);
        hello.Set((ExtensionType)23, []);
        hello.Set(ExtensionType.ApplicationProtocols, [0, 7, 6, .. "test/1"u8]);
        hello.Set(ExtensionType.KeyShare, [0, 36, 0, 0x1d, 0, 32, .. X25519Share()]);
        hello.Set(ExtensionType.ClientCertificateType, [1, 2]);
        hello.Set(ExtensionType.SupportedGroups, [0, 6, 0, 0x1d, 0, 0x17, 0, 0x18]);
        hello.Set(ExtensionType.QuicTransportParameters, [1, 2, 0x40, 100]);
        hello.Set((ExtensionType)5, [1, 0, 0, 0, 0]);
        hello.Set(ExtensionType.SignatureAlgorithms, [0, 2, 8, 7]);
        hello.Set(ExtensionType.ServerCertificateType, [1, 2]);
        hello.Set(ExtensionType.SupportedVersions, [2, 3, 4]);
        return hello;
    }

    public static byte[] X25519Share()
    {
        var share = new byte[X25519.KeyLength];
        X25519.DerivePublicKey([.. Enumerable.Range(9, 32).Select(i => (byte)i)], share);
        return share;
    }

    public HelloBuilder Set(ExtensionType type, byte[] body)
    {
        var index = _extensions.FindIndex(extension => extension.Type == (ushort)type);
        if (index < 0)
            _extensions.Add(((ushort)type, body));
        else
            _extensions[index] = ((ushort)type, body);
        return this;
    }

    public HelloBuilder Add(ExtensionType type, byte[] body)
    {
        _extensions.Add(((ushort)type, body));
        return this;
    }

    public HelloBuilder Remove(ExtensionType type)
    {
        _extensions.RemoveAll(extension => extension.Type == (ushort)type);
        return this;
    }

    public HelloBuilder Shuffle(int seed)
    {
        var shuffled = _extensions.ToArray();
        new Random(seed).Shuffle(shuffled);
        _extensions.Clear();
        _extensions.AddRange(shuffled);
        return this;
    }

    public byte[] ClientHello() => Message(HandshakeType.ClientHello, writer =>
    {
        writer.WriteUInt16(ProtocolConstants.LegacyVersion);
        writer.WriteBytes(Random);
        writer.WriteVector(1, SessionId);
        writer.WriteVector(2, Suites);
        writer.WriteVector(1, Compression);
        WriteExtensions(writer);
    });

    public byte[] ServerHello() => Message(HandshakeType.ServerHello, writer =>
    {
        writer.WriteUInt16(ProtocolConstants.LegacyVersion);
        writer.WriteBytes(Random);
        writer.WriteVector(1, SessionId);
        writer.WriteBytes(Suites);
        writer.WriteBytes(Compression);
        WriteExtensions(writer);
    });

    public byte[] EncryptedExtensions() => Message(HandshakeType.EncryptedExtensions, WriteExtensions);

    public static byte[] Message(HandshakeType type, Action<HandshakeWriter> body)
    {
        var writer = new HandshakeWriter();
        var message = writer.BeginMessage(type);
        body(writer);
        writer.EndVector(message);
        return writer.WrittenFrom(0).ToArray();
    }

    private void WriteExtensions(HandshakeWriter writer)
    {
        var block = writer.BeginVector(2);
        foreach (var (type, body) in _extensions)
        {
            writer.WriteUInt16(type);
            writer.WriteVector(2, body);
        }

        writer.EndVector(block);
    }
}
