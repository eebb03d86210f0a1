using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Web.Preferences;

/// <summary>The settings in force, as a window shows and changes them.</summary>
/// <param name="Settings">All but those of relays.</param>
/// <param name="Relays">Relays.</param>
/// <param name="Fault">Why what the files say is not in force.</param>
internal sealed record PreferencesView(IReadOnlyList<PreferenceView> Settings, RelayPreferences Relays, string? Fault);

/// <summary>A setting.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="Values">The items of a list, or of a map as <c>name=value</c>.</param>
/// <param name="Source">Where the value comes from.</param>
/// <param name="IsLocked">Whether policy sets it.</param>
/// <param name="Reason">Who locked it, for people.</param>
/// <param name="Type">Form of its value.</param>
/// <param name="Form">What values there are, in words.</param>
/// <param name="Default">The value that holds where nothing sets it.</param>
/// <param name="Choices">The words that it can be.</param>
/// <param name="Description">What it is for, in Markdown, in English.</param>
internal sealed record PreferenceView(
    string Key, string Value, IReadOnlyList<string>? Values, string Source, bool IsLocked, string? Reason, string Type, string Form, string Default, IReadOnlyList<string>? Choices, string Description);

/// <summary>Which relays are used.</summary>
/// <param name="Mode"><c>default</c>, <c>custom</c> or <c>disabled</c>.</param>
/// <param name="Custom">Relays of one's own.</param>
/// <param name="Rules">What policy says of relays.</param>
internal sealed record RelayPreferences(string Mode, IReadOnlyList<RelayPreference> Custom, IReadOnlyList<PolicyRuleView> Rules);

/// <summary>A relay of one's own.</summary>
/// <param name="Url">Its URL.</param>
/// <param name="HasToken">Whether there is a token for it; the token itself is never given out.</param>
internal sealed record RelayPreference(string Url, bool HasToken);

/// <summary>Settings to be changed, all together or none.</summary>
internal sealed record PreferencesOrder
{
    /// <summary>Single settings.</summary>
    public IReadOnlyList<PreferenceChange> Changes { get; init => field = value ?? []; } = [];

    /// <summary>Relays.</summary>
    public RelayOrder? Relays { get; init; }
}

/// <summary>A setting to be changed.</summary>
internal sealed record PreferenceChange
{
    /// <summary>Its key.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>Its value; of a list, all items; of a map, <c>name=value</c>.</summary>
    public IReadOnlyList<string> Values { get; init => field = value ?? []; } = [];
}

/// <summary>Relays to be used.</summary>
internal sealed record RelayOrder
{
    /// <summary><c>default</c>, <c>custom</c> or <c>disabled</c>.</summary>
    public string Mode { get; init => field = value ?? ""; } = "";

    /// <summary>Relays of one's own, for <c>custom</c>.</summary>
    public IReadOnlyList<RelayEndpoint> Custom { get; init => field = value ?? []; } = [];
}

/// <summary>A relay, to be used or to be tried.</summary>
internal sealed record RelayEndpoint
{
    /// <summary>Its URL.</summary>
    public string Url { get; init => field = value ?? ""; } = "";

    /// <summary>Its token; <see langword="null"/> for the one that the settings have, empty for none.</summary>
    public string? Token { get; init; }
}

/// <summary>How a relay did.</summary>
/// <param name="Works">Whether it can be used from here.</param>
/// <param name="LatencyMilliseconds">How long it took to answer.</param>
/// <param name="Steps">What was tried.</param>
internal sealed record RelayTestView(bool Works, double? LatencyMilliseconds, IReadOnlyList<RelayTestStep> Steps);

/// <summary>A step of trying a relay.</summary>
/// <param name="Works">Whether it went well.</param>
/// <param name="IsNote">Whether it matters little.</param>
/// <param name="Text">What happened, for people.</param>
internal sealed record RelayTestStep(bool Works, bool IsNote, string Text);
