using AltSendme.Core.Settings.Documents;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Policy.Sources;

/// <summary>What one file, registry key or property list says.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Values">What it sets.</param>
internal sealed record PolicyPart(string Source, IReadOnlyList<(PolicyKey Key, SettingValue Value)> Values)
{
    private static readonly IReadOnlyList<SettingKey> Schemas = [.. PolicyKeys.All.Select(static key => key.Schema)];

    private static readonly Dictionary<SettingKey, PolicyKey> BySchema = PolicyKeys.All.ToDictionary(static key => key.Schema);

    /// <summary>Takes what a document says; what can't be used is added to <paramref name="faults"/>.</summary>
    public static PolicyPart Of(string source, ConfigNode root, List<string> faults)
    {
        var reader = new SchemaReader(Schemas, source).Read(root);
        faults.AddRange(reader.Faults);
        return new PolicyPart(source, [.. reader.Values.Select(static value => (BySchema[value.Key], value.Value))]);
    }

    /// <summary>Takes what a JSON document says.</summary>
    public static PolicyPart? OfJson(string source, ReadOnlySpan<byte> content, List<string> faults)
    {
        if (JsonConfig.TryRead(content, out var root, out var fault))
            return Of(source, root, faults);
        faults.Add($"{source}{fault.Where}: {fault.Message}");
        return null;
    }
}
