using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Relays.Server.Configuration;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Server.Listening;

/// <summary>The certificate from its PEM files, read again when they change: whoever renews it needs no restart. A renewal that can't be read is logged, and the old certificate stays.</summary>
internal sealed class CertificateFiles
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly string _certificate;
    private readonly string _key;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    // Held while files are looked at; handshakes meanwhile go on with what there is.
    private readonly Lock _gate = new();
    private volatile SslStreamCertificateContext _current;
    private (DateTime, DateTime) _written;
    private long _looked;

    /// <exception cref="RelayConfigurationException">The files can't be used.</exception>
    public CertificateFiles(TlsOptions options, TimeProvider timeProvider, ILogger logger)
    {
        (_certificate, _key, _timeProvider, _logger) = (options.Certificate!, options.Key!, timeProvider, logger);
        _looked = timeProvider.GetTimestamp();
        try
        {
            _written = Written();
            _current = Read();
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            throw new RelayConfigurationException($"The settings can't be used: Tls:Certificate and Tls:Key can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>What to show to a client that connects now.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            if (_timeProvider.GetElapsedTime(Volatile.Read(ref _looked)) >= LookEvery && _gate.TryEnter())
            {
                try
                {
                    LookAgain();
                }
                finally
                {
                    _gate.Exit();
                }
            }

            return _current;
        }
    }

    private void LookAgain()
    {
        Volatile.Write(ref _looked, _timeProvider.GetTimestamp());
        try
        {
            var written = Written();
            if (written == _written)
                return;
            _current = Read();
            _written = written;
            RelayServerLog.CertificateRenewed(_logger);
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            // Perhaps only one of the two has been written yet; the next look will tell.
            RelayServerLog.CertificateUnreadable(_logger, exception.Message);
        }
    }

    private (DateTime, DateTime) Written() => (File.GetLastWriteTimeUtc(_certificate), File.GetLastWriteTimeUtc(_key));

    private SslStreamCertificateContext Read()
    {
        using var leaf = X509Certificate2.CreateFromPemFile(_certificate, _key);
        var others = new X509Certificate2Collection();
        others.ImportFromPemFile(_certificate);

        // A key that came from PEM is not one that Windows' TLS can use until it has been through PKCS #12.
        var usable = X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null);
        return SslStreamCertificateContext.Create(usable, others, offline: true);
    }

    private static bool IsUnusable(Exception exception) => exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;
}
