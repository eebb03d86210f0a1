using System.Text;
using AltSendme.Core.Policy.Sources;

namespace AltSendme.Service.Tests;

/// <summary>A policy as an administrator writes it.</summary>
internal sealed class PolicyText(string json) : IPolicySource
{
    public const string Source = "/etc/altsendme/policy.json";

    public string Location => Source;

    public IReadOnlyList<PolicyPart> Read(List<string> faults) => PolicyPart.OfJson(Source, Encoding.UTF8.GetBytes(json), faults) is { } part ? [part] : [];
}
