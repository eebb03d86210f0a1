namespace AltSendme.Abstractions;

/// <summary>Whether somebody stands between the two endpoints.</summary>
public enum PathKind
{
    /// <summary>Machine to machine.</summary>
    Direct,

    /// <summary>Through a relay, which sees encrypted packets only.</summary>
    Relayed,
}
