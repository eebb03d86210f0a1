using AltSendme.Abstractions;
using AltSendme.Core.Policy.Sources;

namespace AltSendme.Core.Policy;

/// <summary>Reads policy from all its sources.</summary>
internal static class PolicyLoader
{
    /// <summary>The policy in force. Never throws: one that can't be used is a policy that allows nothing.</summary>
    public static EffectivePolicy Load(IReadOnlyList<IPolicySource> sources)
    {
        var faults = new List<string>();
        try
        {
            var parts = sources.SelectMany(source => source.Read(faults)).ToArray();
            var entries = PolicyMerge.Merge(parts, faults);
            if (faults.Count == 0)
                return EffectivePolicy.Of(entries);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it is, it must not leave this machine without its policy.
            faults.Add($"unexpected: {exception.Message.TrimEnd('.')}");
        }

        return EffectivePolicy.Unusable(new PolicyException(PolicyCodes.Invalid, $"The policy of this machine can't be used, so nothing is transferred: {string.Join("; ", faults)}. Ask your administrator."));
    }

    /// <summary>What is wrong with a document as a policy file, whoever wrote it; empty when it can be used.</summary>
    public static IReadOnlyList<string> Check(string name, ReadOnlySpan<byte> content)
    {
        var faults = new List<string>();
        if (PolicyPart.OfJson(name, content, faults) is { } part)
            PolicyMerge.Merge([part], faults);
        return faults;
    }
}
