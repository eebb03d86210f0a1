namespace AltSendme.Service.Client.Contract;

/// <summary>Which window to open. The service answers with a file that lets one browser in, once.</summary>
public sealed record WindowOrder
{
    /// <summary>UTF-16 units in <see cref="Ticket"/> at most; one longer could not be a ticket.</summary>
    public const int MaxTicketLength = 64 * 1024;

    /// <summary>What it shows.</summary>
    public WindowPage Page { get; init; }

    /// <summary>Ticket that the window for receiving begins with; read by the window, never part of an address.</summary>
    public string? Ticket { get; init; }

    /// <summary>Id of the share that the window for sharing begins with.</summary>
    public string? Share { get; init; }

    /// <summary>Id of the receive that the window for receiving begins with.</summary>
    public string? Receive { get; init; }

    /// <summary>What to tell the person first, such as why a ticket file could not be read; 1,000 UTF-16 units at most.</summary>
    public string? Notice { get; init; }

    /// <summary>Folder for the file, absolute, where the browser that shall open it can read; a private one of the service by default. A confined browser reads few folders.</summary>
    public string? Folder { get; init; }
}

/// <summary>The windows that there are.</summary>
public enum WindowPage
{
    /// <summary>Paste a ticket and receive.</summary>
    Receive,

    /// <summary>Share files or a text, and see who fetches it.</summary>
    Share,

    /// <summary>Look at the settings and change them.</summary>
    Settings,
}
