namespace AltSendme.Core.Policy;

/// <summary>Which relays may be used, from the least to the most strict.</summary>
public enum RelayRule
{
    /// <summary>Any.</summary>
    Any,

    /// <summary>Those that the list of patterns has.</summary>
    AllowList,

    /// <summary>Those that the policy itself names; they are in use whatever the settings say.</summary>
    Forced,

    /// <summary>None.</summary>
    Disabled,
}
