namespace AltSendme.Core.Policy;

/// <summary>Lists of allowed ids or words, one a source; what is allowed must be in each. Without lists all is allowed.</summary>
internal sealed record IdList(IReadOnlyList<PolicyEntry> Lists)
{
    /// <summary>The list that does not have <paramref name="id"/>; <see langword="null"/> when it is allowed.</summary>
    public PolicyEntry? Lacking(string id) => Lists.FirstOrDefault(list => !list.Value.Items.Contains(id, StringComparer.Ordinal));

    /// <summary>What is in every list, in the first one's order; <see langword="null"/> without lists.</summary>
    public IReadOnlyList<string>? Items => Lists.Count == 0 ? null : [.. Lists[0].Value.Items.Where(item => Lacking(item) is null)];
}
