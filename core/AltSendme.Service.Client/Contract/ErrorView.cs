namespace AltSendme.Service.Client.Contract;

/// <summary>What went wrong: one of docs/errors.md.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What happened and what to do, for people.</param>
/// <param name="Kind">Whose fault it is.</param>
public sealed record ErrorView(string Code, string Message, ErrorKind Kind);

/// <summary>Whose fault an error is; each has an exit code of the command.</summary>
public enum ErrorKind
{
    /// <summary>A fault in the program.</summary>
    Unexpected,

    /// <summary>The request can't be used, or names something that is not there.</summary>
    Request,

    /// <summary>The settings.</summary>
    Settings,

    /// <summary>The ticket.</summary>
    Ticket,

    /// <summary>Forbidden by policy.</summary>
    Policy,

    /// <summary>The other side can't be reached or was lost.</summary>
    Peer,

    /// <summary>What arrived is not what the hash promises.</summary>
    Verification,

    /// <summary>Files or folders on this side.</summary>
    Storage,

    /// <summary>A plugin, the network or the service on this side.</summary>
    Plugin,

    /// <summary>The other side ended the transfer.</summary>
    Aborted,
}
