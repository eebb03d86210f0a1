namespace AltSendme.Service.Client.Contract;

/// <summary>How a receive stands.</summary>
public enum ReceiveState
{
    /// <summary>It connects or fetches.</summary>
    Running,

    /// <summary>The sender is not there; it is tried again now and then.</summary>
    Waiting,

    /// <summary>The service ended again and again while it ran, so it was not resumed by itself.</summary>
    Interrupted,

    /// <summary>Somebody cancelled it. What was verified stays.</summary>
    Cancelled,

    /// <summary>It failed; the error says why. What was verified stays.</summary>
    Failed,

    /// <summary>Everything is in place.</summary>
    Completed,
}
