namespace AltSendme.Core.Settings;

/// <summary>What a ticket says about the way to the sender, besides its id.</summary>
public enum TicketForm
{
    /// <summary>As little as still works: the relay where one is in use, nothing where discovery finds the sender, otherwise addresses.</summary>
    Auto,

    /// <summary>The id alone; only discovery can find the sender.</summary>
    Id,

    /// <summary>The id and the relay.</summary>
    Relay,

    /// <summary>The id and the socket addresses.</summary>
    Addresses,

    /// <summary>The id, the relay and the socket addresses.</summary>
    Full,
}
