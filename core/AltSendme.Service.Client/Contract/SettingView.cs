namespace AltSendme.Service.Client.Contract;

/// <summary>A setting that is in force.</summary>
/// <param name="Key">Its key, as docs/settings.md has it.</param>
/// <param name="Value">Its value as text; secrets are left out.</param>
/// <param name="Source">Where the value comes from.</param>
/// <param name="IsLocked">Whether policy sets it, so that a user's value has no effect.</param>
/// <param name="Reason">Who locked it and why, for people.</param>
public sealed record SettingView(string Key, string? Value, string Source, bool IsLocked, string? Reason);

/// <summary>The policy in force.</summary>
/// <param name="Rules">What it sets; empty where there is no policy.</param>
/// <param name="Fault">Why it can't be used; then nothing is transferred.</param>
public sealed record PolicyView(IReadOnlyList<PolicyRuleView> Rules, string? Fault);

/// <summary>A rule of the policy.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="Value">What it says.</param>
/// <param name="Source">Who set it.</param>
public sealed record PolicyRuleView(string Key, string Value, string Source);
