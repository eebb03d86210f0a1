namespace AltSendme.Service.Client.Contract;

/// <summary>How a share stands.</summary>
public enum ShareState
{
    /// <summary>Its files are being hashed; there may be no ticket yet.</summary>
    Preparing,

    /// <summary>Whoever has the ticket can fetch it.</summary>
    Sharing,

    /// <summary>A file is gone or is not what it was when the ticket was made. Nothing is served.</summary>
    Changed,

    /// <summary>It can't be served; the error says why.</summary>
    Failed,

    /// <summary>Its receiver has everything, its time is over, or somebody stopped it. It is listed for a while.</summary>
    Ended,
}
