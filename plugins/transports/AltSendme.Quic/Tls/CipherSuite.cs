using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AltSendme.Quic.Packets.Protection;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace AltSendme.Quic.Tls;

/// <summary>The properties of a cipher suite (RFC 8446, appendix B.4; limits: RFC 9001, section 6.6).</summary>
internal sealed class CipherSuite
{
    /// <summary>Bytes of the longest hash of any suite (SHA-384).</summary>
    public const int MaxHashLength = 48;

    /// <summary>Bytes of the longest AEAD key of any suite.</summary>
    public const int MaxKeyLength = 32;

    /// <summary>Bytes of every suite's nonce.</summary>
    public const int NonceLength = 12;

    /// <summary>TLS_AES_128_GCM_SHA256, which also protects Initial packets.</summary>
    public static readonly CipherSuite Aes128Gcm = new(CipherSuiteId.Aes128Gcm, HashAlgorithmName.SHA256, 32, 16, 1UL << 23, 1UL << 52);

    /// <summary>TLS_AES_256_GCM_SHA384.</summary>
    public static readonly CipherSuite Aes256Gcm = new(CipherSuiteId.Aes256Gcm, HashAlgorithmName.SHA384, 48, 32, 1UL << 23, 1UL << 52);

    /// <summary>TLS_CHACHA20_POLY1305_SHA256. Its confidentiality limit is above the number of packets that a connection can send.</summary>
    public static readonly CipherSuite ChaCha20Poly1305 = new(CipherSuiteId.ChaCha20Poly1305, HashAlgorithmName.SHA256, 32, 32, 1UL << 62, 1UL << 36);

    private CipherSuite(CipherSuiteId id, HashAlgorithmName hash, int hashLength, int keyLength, ulong confidentialityLimit, ulong integrityLimit)
    {
        Id = id;
        Hash = hash;
        HashLength = hashLength;
        KeyLength = keyLength;
        ConfidentialityLimit = confidentialityLimit;
        IntegrityLimit = integrityLimit;
    }

    /// <summary>The suites that this machine has, fastest first: AES where the processor has instructions for it, ChaCha20 otherwise.</summary>
    public static IReadOnlyList<CipherSuiteId> Preferred { get; } = [.. Order().Where(PacketAead.IsSupported).Select(suite => suite.Id)];

    /// <summary>The number on the wire.</summary>
    public CipherSuiteId Id { get; }

    /// <summary>Hash of the key schedule and the transcript.</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>Bytes of <see cref="Hash"/>, and of every secret.</summary>
    public int HashLength { get; }

    /// <summary>Bytes of the AEAD's key and of the header protection key.</summary>
    public int KeyLength { get; }

    /// <summary>Packets that may be sealed with one key.</summary>
    public ulong ConfidentialityLimit { get; }

    /// <summary>Packets that may fail to open before the connection must end.</summary>
    public ulong IntegrityLimit { get; }

    /// <summary>Finds a suite by the number on the wire.</summary>
    public static bool TryGet(CipherSuiteId id, [NotNullWhen(true)] out CipherSuite? suite)
    {
        suite = id switch
        {
            CipherSuiteId.Aes128Gcm => Aes128Gcm,
            CipherSuiteId.Aes256Gcm => Aes256Gcm,
            CipherSuiteId.ChaCha20Poly1305 => ChaCha20Poly1305,
            _ => null,
        };
        return suite is not null;
    }

    private static CipherSuite[] Order() => X86Aes.IsSupported || ArmAes.IsSupported
        ? [Aes128Gcm, Aes256Gcm, ChaCha20Poly1305]
        : [ChaCha20Poly1305, Aes128Gcm, Aes256Gcm];
}
