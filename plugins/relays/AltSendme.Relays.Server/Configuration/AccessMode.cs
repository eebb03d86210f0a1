namespace AltSendme.Relays.Server.Configuration;

/// <summary>Who may use the relay.</summary>
internal enum AccessMode
{
    /// <summary>Everybody.</summary>
    Everyone,

    /// <summary>The listed endpoints.</summary>
    AllowList,

    /// <summary>Everybody but the listed endpoints.</summary>
    DenyList,

    /// <summary>Whoever shows a token.</summary>
    Tokens,

    /// <summary>Whoever a web service of the operator's says.</summary>
    CallOut,
}
