using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Abstractions;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Qlog;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Transports.Iroh;

/// <summary>The plugin's own settings, section <c>Plugins:altsendme.iroh</c>.</summary>
internal sealed record IrohOptions
{
    /// <summary>How long a handshake may take, on either side: 1 to 60 seconds.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which a connection is given up (30 seconds, as iroh has it): 5 seconds to 10 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest UDP payload that is tried, 1200 to 65507 bytes; what a path takes is found out.</summary>
    public int MaxDatagramSize { get; init; } = 65507;

    /// <summary>Whether the home relay is asked at which public address it sees this side.</summary>
    public bool AddressDiscovery { get; init; } = true;

    /// <summary>Authorities that are trusted besides the system's, when a relay tells this side its public address; a setting names their PEM file.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>Where each connection leaves a qlog; none unless a folder is named.</summary>
    public QlogOutput? Qlog { get; init; }

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="PluginException">Code <c>iroh.settings</c>: a value is missing its type or its range; the message names it.</exception>
    public static IrohOptions From(IConfigurationSection section)
    {
        var defaults = new IrohOptions();
        return new IrohOptions
        {
            HandshakeTimeout = Time(section, nameof(HandshakeTimeout), defaults.HandshakeTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)),
            IdleTimeout = Time(section, nameof(IdleTimeout), defaults.IdleTimeout, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)),
            AddressDiscovery = Flag(section, nameof(AddressDiscovery), defaults.AddressDiscovery),
            Authorities = Certificates(section, "CertificateAuthority"),
            MaxDatagramSize = Number(section, nameof(MaxDatagramSize), defaults.MaxDatagramSize, 1200, 65507),
            Qlog = Output(section),
        };
    }

    private static TimeSpan Time(IConfigurationSection section, string name, TimeSpan standard, TimeSpan least, TimeSpan most)
    {
        if (section[name] is not { } text)
            return standard;
        return TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
            : throw Refuse(section, name, text, $"a time from {least:c} to {most:c}");
    }

    private static int Number(IConfigurationSection section, string name, int standard, int least, int most)
    {
        if (section[name] is not { } text)
            return standard;
        return int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
            : throw Refuse(section, name, text, $"a number from {least} to {most}");
    }

    private static bool Flag(IConfigurationSection section, string name, bool standard)
    {
        if (section[name] is not { } text)
            return standard;
        return bool.TryParse(text, out var value) ? value : throw Refuse(section, name, text, "true or false");
    }

    private static X509Certificate2Collection Certificates(IConfigurationSection section, string name)
    {
        var certificates = new X509Certificate2Collection();
        if (section[name] is not { Length: > 0 } path)
            return certificates;
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            certificates.Clear();
        }

        return certificates.Count > 0 ? certificates : throw Refuse(section, name, path, "a readable PEM file with a certificate");
    }

    private static QlogOutput? Output(IConfigurationSection section)
    {
        const string FormatName = "QlogFormat";
        var format = section[FormatName] switch
        {
            null or "current" => QlogFormat.Current,
            "0.3" => QlogFormat.Version03,
            var other => throw Refuse(section, FormatName, other, "current or 0.3"),
        };
        if (section[nameof(Qlog)] is not { Length: > 0 } folder)
            return null;
        return Path.IsPathFullyQualified(folder) ? new QlogOutput(folder, format) : throw Refuse(section, nameof(Qlog), folder, "the full path of a folder");
    }

    private static PluginException Refuse(IConfigurationSection section, string name, string text, string wanted) =>
        new PluginException("iroh.settings", $"The setting {section.Path}:{name} is \"{text}\"; it must be {wanted}. Change or remove it.");
}
