namespace AltSendme.Abstractions;

/// <summary>Who ended a connection.</summary>
public enum CloseInitiator
{
    /// <summary>This side.</summary>
    Local,

    /// <summary>The other side, with a code and a reason.</summary>
    Peer,

    /// <summary>Nobody: the link was lost, timed out or broke the rules of the transport.</summary>
    Transport,
}
