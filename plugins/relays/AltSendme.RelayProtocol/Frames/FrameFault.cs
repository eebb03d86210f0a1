namespace AltSendme.RelayProtocol;

/// <summary>Why bytes are not a frame.</summary>
public enum FrameFault
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>They end too early for what they claim to be, or go on after it.</summary>
    BadLength,

    /// <summary>The payload is longer than <see cref="RelayLimits.MaxPayload"/>.</summary>
    TooLarge,

    /// <summary>No frame has this type.</summary>
    UnknownType,

    /// <summary>The type exists, but not here: from the other side, at another time, or in another version.</summary>
    NotAllowed,

    /// <summary>A text is not UTF-8.</summary>
    NotText,
}
