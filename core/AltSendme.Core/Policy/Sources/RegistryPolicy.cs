using System.Globalization;
using System.Security;
using AltSendme.Core.Settings.Documents;

namespace AltSendme.Core.Policy.Sources;

/// <summary>Policy in the Windows registry, as group policy writes it: sections are keys, lists and maps are keys with a value for each item.</summary>
internal sealed class RegistryPolicy(Func<string, IRegistryKey?> open) : IPolicySource
{
    /// <summary>Where group policy puts it, below <c>HKEY_LOCAL_MACHINE</c>.</summary>
    public const string KeyPath = @"Software\Policies\AltSendme";

    private const int MaxDepth = 8;
    private const int MaxValues = 4096;

    public string Location => $@"HKLM\{KeyPath}";

    public IReadOnlyList<PolicyPart> Read(List<string> faults)
    {
        try
        {
            using var root = open(KeyPath);
            if (root is null)
                return [];
            var left = MaxValues;
            return [PolicyPart.Of(Location, NodeOf(root, MaxDepth, ref left), faults)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SecurityException or InvalidDataException)
        {
            faults.Add($"{Location} can't be read: {exception.Message.TrimEnd('.')}");
            return [];
        }
    }

    private static ConfigNode NodeOf(IRegistryKey key, int depth, ref int left)
    {
        var members = new List<KeyValuePair<string, ConfigNode>>();
        foreach (var (name, value) in key.Values)
        {
            // The value without a name means nothing.
            if (name.Length == 0)
                continue;
            Count(ref left);
            members.Add(KeyValuePair.Create(name, NodeOf(value)));
        }

        foreach (var name in key.SubKeys)
        {
            Count(ref left);
            if (depth == 0)
                throw new InvalidDataException("Its keys are nested too deeply.");
            using var inner = key.Open(name);
            if (inner is null)
                continue;
            if (members.Exists(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
                throw new InvalidDataException($"{name} is both a key and a value.");
            members.Add(KeyValuePair.Create(name, NodeOf(inner, depth - 1, ref left)));
        }

        return new ConfigNode(ConfigKind.Object) { IsLoose = true, Members = members };
    }

    private static void Count(ref int left)
    {
        if (left-- == 0)
            throw new InvalidDataException($"It has more than {MaxValues} keys and values.");
    }

    private static ConfigNode NodeOf(object? value) => value switch
    {
        string text => new ConfigNode(ConfigKind.Text, text) { IsLoose = true },
        int number => new ConfigNode(ConfigKind.Number, ((uint)number).ToString(CultureInfo.InvariantCulture)) { IsLoose = true },
        long number => new ConfigNode(ConfigKind.Number, number.ToString(CultureInfo.InvariantCulture)) { IsLoose = true },
        string[] texts => new ConfigNode(ConfigKind.List) { Items = [.. texts.Select(static text => new ConfigNode(ConfigKind.Text, text))] },
        _ => new ConfigNode(ConfigKind.Null),
    };
}
