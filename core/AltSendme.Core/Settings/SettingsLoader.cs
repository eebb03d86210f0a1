using AltSendme.Abstractions;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Core.Settings;

/// <summary>Reads the settings: the machine's file, the user's file, then <c>ALTSENDME_</c> variables (<c>ALTSENDME_Listen__Port=4433</c>); later ones win.</summary>
public static class SettingsLoader
{
    /// <summary>Prefix of environment variables that set something.</summary>
    public const string EnvironmentPrefix = "ALTSENDME_";

    /// <summary>The merged configuration, not yet checked.</summary>
    /// <exception cref="SettingsException">A file is not valid JSON or can't be read.</exception>
    public static IConfigurationRoot Read(SettingsFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(files.Machine, optional: true, reloadOnChange: false)
                .AddJsonFile(files.User, optional: true, reloadOnChange: false)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The settings can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>The settings, checked.</summary>
    /// <exception cref="AltSendmeException"><c>settings.invalid</c>: lists every fault.</exception>
    public static AltSendmeSettings Bind(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var settings = new AltSendmeSettings();
        try
        {
            configuration.Bind(settings);
        }
        catch (InvalidOperationException exception)
        {
            throw new SettingsException($"The settings can't be used: {exception.Message}", exception);
        }

        var result = new SettingsValidator().Validate(null, settings);
        return result.Failed ? throw new SettingsException($"The settings can't be used: {string.Join("; ", result.Failures)}.") : settings;
    }
}
