using System.Net;
using AltSendme.Core.Relays;
using Microsoft.Extensions.Options;

namespace AltSendme.Core.Settings;

/// <summary>Checks settings before anything uses them, and names every fault at once.</summary>
public sealed class SettingsValidator : IValidateOptions<AltSendmeSettings>
{
    private static readonly TimeSpan MinStall = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxStall = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxRetry = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AltSendmeSettings options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new List<string>();
        if (options.Listen.Port is < 0 or > ushort.MaxValue)
            faults.Add($"Listen:Port is {options.Listen.Port}; it must be 0 to 65535");
        foreach (var address in options.Listen.Addresses)
        {
            if (!IPAddress.TryParse(address, out _))
                faults.Add($"Listen:Addresses holds '{address}', which is not an IP address");
        }

        faults.AddRange(RelayFaults(options.Relays));
        if (!Enum.IsDefined(options.Discovery.Mode))
            faults.Add("Discovery:Mode must be on or off");
        if (!Enum.IsDefined(options.Discovery.Publish))
            faults.Add("Discovery:Publish must be needed, always or never");
        if (!Enum.IsDefined(options.Discovery.PublishAddresses))
            faults.Add("Discovery:PublishAddresses must be relay or all");
        if (!Enum.IsDefined(options.Send.TicketType))
            faults.Add("Send:TicketType must be auto, id, relay, addresses or full");
        if (!Enum.IsDefined(options.Receive.Conflict))
            faults.Add("Receive:Conflict must be rename, overwrite or skip");
        if (options.Receive.RetryFor < TimeSpan.Zero || options.Receive.RetryFor > MaxRetry)
            faults.Add("Receive:RetryFor must be between 00:00:00 and 1.00:00:00");
        if (options.Receive.StallAfter < MinStall || options.Receive.StallAfter > MaxStall)
            faults.Add("Receive:StallAfter must be between 00:00:01 and 00:10:00");
        faults.AddRange(ServiceFaults(options.Service));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> ServiceFaults(ServiceSettings service)
    {
        if (service.IdleExit < TimeSpan.Zero || service.IdleExit > TimeSpan.FromDays(1))
            yield return "Service:IdleExit must be between 00:00:00 and 1.00:00:00";
        if (service.KeepFinished < TimeSpan.Zero || service.KeepFinished > TimeSpan.FromDays(365))
            yield return "Service:KeepFinished must be between 00:00:00 and 365.00:00:00";
        if (service.KeepUnfinished < TimeSpan.FromHours(1) || service.KeepUnfinished > TimeSpan.FromDays(365))
            yield return "Service:KeepUnfinished must be between 01:00:00 and 365.00:00:00";
    }

    private static IEnumerable<string> RelayFaults(RelaySettings relays)
    {
        if (!Enum.IsDefined(relays.Mode))
            yield return "Relays:Mode must be default, disabled or custom";
        if (relays.Mode == RelayMode.Custom && relays.Custom.Count == 0)
            yield return "Relays:Custom is empty; name a relay, or set Relays:Mode to default or disabled";
        if (relays.Mode != RelayMode.Custom && relays.Custom.Count > 0)
            yield return $"Relays:Custom has no effect while Relays:Mode is {relays.Mode.ToString().ToLowerInvariant()}; set it to custom";
        foreach (var relay in relays.Custom)
        {
            if (!RelayList.IsUrl(relay.Url))
                yield return $"Relays:Custom holds '{relay.Url}', which is not the URL of a relay, such as https://relay.example/";
        }
    }
}
