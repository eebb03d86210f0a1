using System.Security.Cryptography;
using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Tls.Schedule;

/// <summary>The key schedule without pre-shared keys (RFC 8446, section 7.1). Each step forgets the one before; disposing zeroes the rest.</summary>
internal sealed class KeySchedule : IDisposable
{
    private readonly CipherSuite _suite;
    private readonly byte[] _secret;
    private readonly byte[] _clientHandshake;
    private readonly byte[] _serverHandshake;
    private readonly byte[] _clientApplication;
    private readonly byte[] _serverApplication;
    private readonly byte[] _exporter;

    /// <summary>Begins with the early secret of no pre-shared key.</summary>
    public KeySchedule(CipherSuite suite)
    {
        _suite = suite;
        _secret = new byte[suite.HashLength];
        _clientHandshake = new byte[suite.HashLength];
        _serverHandshake = new byte[suite.HashLength];
        _clientApplication = new byte[suite.HashLength];
        _serverApplication = new byte[suite.HashLength];
        _exporter = new byte[suite.HashLength];
        Span<byte> zeros = stackalloc byte[CipherSuite.MaxHashLength];
        zeros.Clear();
        HKDF.Extract(suite.Hash, zeros[..suite.HashLength], default, _secret);
    }

    /// <summary>Goes to the handshake secret; <paramref name="transcriptHash"/> ends with the ServerHello.</summary>
    public void EnterHandshake(ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> transcriptHash)
    {
        Extract(sharedSecret);
        HkdfLabel.Expand(_suite.Hash, _secret, "c hs traffic"u8, transcriptHash, _clientHandshake);
        HkdfLabel.Expand(_suite.Hash, _secret, "s hs traffic"u8, transcriptHash, _serverHandshake);
    }

    /// <summary>Goes to the master secret; <paramref name="transcriptHash"/> ends with the server's Finished.</summary>
    public void EnterApplication(ReadOnlySpan<byte> transcriptHash)
    {
        Span<byte> zeros = stackalloc byte[CipherSuite.MaxHashLength];
        zeros.Clear();
        Extract(zeros[.._suite.HashLength]);
        HkdfLabel.Expand(_suite.Hash, _secret, "c ap traffic"u8, transcriptHash, _clientApplication);
        HkdfLabel.Expand(_suite.Hash, _secret, "s ap traffic"u8, transcriptHash, _serverApplication);
        HkdfLabel.Expand(_suite.Hash, _secret, "exp master"u8, transcriptHash, _exporter);
        CryptographicOperations.ZeroMemory(_secret);
    }

    /// <summary>The secret that protects Handshake packets sent by <paramref name="sender"/>.</summary>
    public ReadOnlySpan<byte> HandshakeSecret(Side sender) => sender == Side.Client ? _clientHandshake : _serverHandshake;

    /// <summary>The secret that protects the first 1-RTT packets sent by <paramref name="sender"/>.</summary>
    public ReadOnlySpan<byte> ApplicationSecret(Side sender) => sender == Side.Client ? _clientApplication : _serverApplication;

    /// <summary>Writes the verify_data of a Finished (RFC 8446, section 4.4.4): as many bytes as the hash has.</summary>
    public void ComputeFinished(Side sender, ReadOnlySpan<byte> transcriptHash, Span<byte> verifyData)
    {
        Span<byte> key = stackalloc byte[CipherSuite.MaxHashLength];
        key = key[.._suite.HashLength];
        HkdfLabel.Expand(_suite.Hash, HandshakeSecret(sender), "finished"u8, default, key);
        CryptographicOperations.HmacData(_suite.Hash, key, transcriptHash, verifyData);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Exports key material (RFC 8446, section 7.5).</summary>
    public void Export(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output)
    {
        Span<byte> derived = stackalloc byte[CipherSuite.MaxHashLength];
        Span<byte> hash = stackalloc byte[CipherSuite.MaxHashLength];
        derived = derived[.._suite.HashLength];
        HkdfLabel.Expand(_suite.Hash, _exporter, label, Hash(default, hash), derived);
        HkdfLabel.Expand(_suite.Hash, derived, "exporter"u8, Hash(context, hash), output);
        CryptographicOperations.ZeroMemory(derived);
    }

    /// <summary>Zeroes the secrets that only the handshake needs.</summary>
    public void ForgetHandshake()
    {
        CryptographicOperations.ZeroMemory(_secret);
        CryptographicOperations.ZeroMemory(_clientHandshake);
        CryptographicOperations.ZeroMemory(_serverHandshake);
        CryptographicOperations.ZeroMemory(_clientApplication);
        CryptographicOperations.ZeroMemory(_serverApplication);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ForgetHandshake();
        CryptographicOperations.ZeroMemory(_exporter);
    }

    private void Extract(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[CipherSuite.MaxHashLength];
        Span<byte> salt = stackalloc byte[CipherSuite.MaxHashLength];
        salt = salt[.._suite.HashLength];
        HkdfLabel.Expand(_suite.Hash, _secret, "derived"u8, Hash(default, hash), salt);
        HKDF.Extract(_suite.Hash, input, salt, _secret);
        CryptographicOperations.ZeroMemory(salt);
    }

    private Span<byte> Hash(ReadOnlySpan<byte> source, Span<byte> destination) =>
        destination[..CryptographicOperations.HashData(_suite.Hash, source, destination)];
}
