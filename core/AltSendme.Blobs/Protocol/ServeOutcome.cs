namespace AltSendme.Blobs.Protocol;

/// <summary>How answering a request ended.</summary>
public enum ServeOutcome
{
    /// <summary>Everything that was asked for went out.</summary>
    Completed,

    /// <summary>A blob is not there; the answer ends before it, as that of iroh 0.35 does. Where it was the first one, the answer is empty.</summary>
    NotFound,

    /// <summary>The request makes no sense; the answer is empty, as that of iroh is.</summary>
    NotUnderstood,

    /// <summary>The request is not allowed, is too long, or did not come in time.</summary>
    Refused,

    /// <summary>A blob can't be read or has changed since it was shared.</summary>
    Unavailable,

    /// <summary>The receiver stopped reading.</summary>
    Abandoned,
}
