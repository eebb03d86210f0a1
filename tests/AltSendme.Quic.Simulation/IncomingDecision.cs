namespace AltSendme.Quic.Simulation;

/// <summary>What a simulated server does about a client.</summary>
internal enum IncomingDecision
{
    /// <summary>Takes it in.</summary>
    Accept,

    /// <summary>Lets it prove its address.</summary>
    Retry,

    /// <summary>Sends it away.</summary>
    Refuse,

    /// <summary>Says nothing.</summary>
    Ignore,
}
