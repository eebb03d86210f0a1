namespace AltSendme.Transports.Tls.Connections;

/// <summary>What this side still has to say when a connection ends.</summary>
internal enum Farewell
{
    /// <summary>Nothing: the peer ended it, or the link is gone.</summary>
    None,

    /// <summary>Everything that was flushed, then the application's code and reason.</summary>
    Close,

    /// <summary>The rule that the peer broke, at once.</summary>
    Fault,
}
