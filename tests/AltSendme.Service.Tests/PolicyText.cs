using System.Text;
using AltSendme.Core.Policy;
using AltSendme.Core.Policy.Sources;
using AltSendme.Service.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AltSendme.Service.Tests;

/// <summary>A policy as an administrator writes it, put in force in a running service.</summary>
internal sealed class PolicyText(string json) : IPolicySource
{
    public const string Source = "/etc/altsendme/policy.json";

    public string Location => Source;

    public static void Apply(ServiceHarness service, string json)
    {
        var policy = PolicyLoader.Load([new PolicyText(json)]);
        Assert.Null(policy.Fault);
        service.Host.Services.GetRequiredService<LiveCore>().Current.Policy.Replace(policy);
    }

    public IReadOnlyList<PolicyPart> Read(List<string> faults) => PolicyPart.OfJson(Source, Encoding.UTF8.GetBytes(json), faults) is { } part ? [part] : [];
}
