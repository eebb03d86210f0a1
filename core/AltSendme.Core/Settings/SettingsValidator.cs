using Microsoft.Extensions.Options;

namespace AltSendme.Core.Settings;

/// <summary>Checks what belongs together, before anything uses the settings, and names every fault at once. What each key may be, its schema says.</summary>
internal sealed class SettingsValidator : IValidateOptions<AltSendmeSettings>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AltSendmeSettings options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Analytics is { Enabled: true, Site.Length: 0 })
            return ValidateOptionsResult.Fail("Analytics:Site is empty; name the GoatCounter site that counts, or set Analytics:Enabled to false");
        var relays = options.Relays;
        if (relays.Mode == RelayMode.Custom && relays.Custom.Count == 0)
            return ValidateOptionsResult.Fail("Relays:Custom is empty; name a relay, or set Relays:Mode to default or disabled");
        return relays.Mode != RelayMode.Custom && relays.Custom.Count > 0
            ? ValidateOptionsResult.Fail($"Relays:Custom has no effect while Relays:Mode is {relays.Mode.ToString().ToLowerInvariant()}; set it to custom")
            : ValidateOptionsResult.Success;
    }
}
