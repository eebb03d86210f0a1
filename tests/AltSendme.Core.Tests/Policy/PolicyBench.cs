using AltSendme.Core.Policy;
using AltSendme.Core.Policy.Sources;

namespace AltSendme.Core.Tests.Policy;

/// <summary>Policies of tests, made from JSON as an administrator writes it.</summary>
internal static class PolicyBench
{
    public const string Source = "/etc/altsendme/policy.json";

    /// <summary>The policy of one document; unusable where it can't be used.</summary>
    public static EffectivePolicy Of(string json) => Of((Source, json));

    /// <summary>The policy of several documents.</summary>
    public static EffectivePolicy Of(params (string Name, string Json)[] documents) => PolicyLoader.Load([new Documents(documents)]);

    public static PolicyDecisionPoint Decide(string json) => new(Of(json));

    /// <summary>A source that tests can change while somebody looks.</summary>
    internal sealed class Documents(params (string Name, string Json)[] documents) : IPolicySource
    {
        public (string Name, string Json)[] Now { get; set; } = documents;

        public string Location => Source;

        public IReadOnlyList<PolicyPart> Read(List<string> faults) => [.. Now.Select(document => PolicyPart.OfJson(document.Name, System.Text.Encoding.UTF8.GetBytes(document.Json), faults)).OfType<PolicyPart>()];
    }
}
