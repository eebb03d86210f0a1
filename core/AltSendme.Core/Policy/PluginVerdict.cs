namespace AltSendme.Core.Policy;

/// <summary>Whether a plugin may be loaded.</summary>
/// <param name="IsAllowed">Whether it may.</param>
/// <param name="Reason">Why not, for people; it names the policy's key and source. <see langword="null"/> when it may.</param>
public readonly record struct PluginVerdict(bool IsAllowed, string? Reason)
{
    /// <summary>It may be loaded.</summary>
    public static readonly PluginVerdict Allowed = new(true, null);
}
