using System.Collections;
using AltSendme.Abstractions;
using AltSendme.Core.Policy;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Core.Settings;

/// <summary>
/// Reads the settings: the machine's file, the user's file, <c>ALTSENDME_</c> variables (<c>ALTSENDME_Listen__Port=4433</c>), the command line; later ones win, and policy over all.
/// </summary>
internal static class SettingsLoader
{
    /// <summary>Reads all layers. Every value is of the form that its key wants; what belongs together is checked by <see cref="Bind"/>.</summary>
    /// <exception cref="SettingsException">Lists every fault, each with its file or variable and its key.</exception>
    public static LoadedSettings Load(SettingsFiles files, EffectivePolicy policy, SettingLayer? commandLine = null, IDictionary? environment = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        var faults = new List<string>();
        var layers = new[] { SettingsFile.Read(files.Machine, faults), SettingsFile.Read(files.User, faults), EnvironmentLayer.Read(environment ?? Environment.GetEnvironmentVariables(), faults), commandLine };
        if (faults.Count > 0)
            throw Unusable(faults);
        return LoadedSettings.Of(layers.OfType<SettingLayer>(), policy);
    }

    /// <summary>The settings as objects, checked.</summary>
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
        return result.Failed ? throw Unusable(result.Failures) : settings;
    }

    private static SettingsException Unusable(IEnumerable<string> faults) => new($"The settings can't be used: {string.Join("; ", faults)}.");
}
