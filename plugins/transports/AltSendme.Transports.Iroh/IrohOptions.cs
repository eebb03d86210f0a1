using AltSendme.Abstractions;
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

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="PluginException">Code <c>iroh.settings</c>: a value is missing its type or its range; the message names it.</exception>
    public static IrohOptions From(IConfigurationSection section)
    {
        var defaults = new IrohOptions();
        return new IrohOptions
        {
            HandshakeTimeout = Time(section, nameof(HandshakeTimeout), defaults.HandshakeTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)),
            IdleTimeout = Time(section, nameof(IdleTimeout), defaults.IdleTimeout, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)),
            MaxDatagramSize = Number(section, nameof(MaxDatagramSize), defaults.MaxDatagramSize, 1200, 65507),
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

    private static PluginException Refuse(IConfigurationSection section, string name, string text, string wanted) =>
        new PluginException("iroh.settings", $"The setting {section.Path}:{name} is \"{text}\"; it must be {wanted}. Change or remove it.");
}
