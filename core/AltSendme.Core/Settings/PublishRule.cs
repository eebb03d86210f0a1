namespace AltSendme.Core.Settings;

/// <summary>When a share is announced to discovery services. Receiving never announces anything.</summary>
public enum PublishRule
{
    /// <summary>Only when its ticket names no way here, so that nobody could find it otherwise.</summary>
    Needed,

    /// <summary>Every share.</summary>
    Always,

    /// <summary>No share.</summary>
    Never,
}
