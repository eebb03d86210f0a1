using System.Net.Security;
using AltSendme.Quic.Tls;
using AltSendme.Relays.Server.Listening;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Server.AddressDiscovery;

/// <summary>The relay's certificate in the form that QUIC shows, renewed with it. A renewal with a key of a kind that QUIC can't use is logged, and the old certificate stays. One caller at a time.</summary>
internal sealed class ShownCertificate
{
    private readonly CertificateFiles _files;
    private readonly ILogger _logger;
    private SslStreamCertificateContext _seen;
    private ServerCertificate _shown;

    /// <exception cref="ArgumentException">The key is of a kind that can't be used.</exception>
    public ShownCertificate(CertificateFiles files, ILogger logger)
    {
        (_files, _logger) = (files, logger);
        _seen = files.Current;
        _shown = Of(_seen);
    }

    /// <summary>What to show to an endpoint that connects now.</summary>
    public ServerCertificate Current
    {
        get
        {
            var current = _files.Current;
            if (current == _seen)
                return _shown;
            _seen = current;
            try
            {
                _shown = Of(current);
            }
            catch (ArgumentException exception)
            {
                RelayServerLog.CertificateUnreadable(_logger, exception.Message);
            }

            return _shown;
        }
    }

    private static ServerCertificate Of(SslStreamCertificateContext context) => new(context.TargetCertificate, context.IntermediateCertificates);
}
