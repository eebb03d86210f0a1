namespace AltSendme.Core.Tickets;

/// <summary>The stable codes of everything that can be wrong with a ticket. docs/errors.md explains each.</summary>
public static class TicketCodes
{
    /// <summary>There is no text.</summary>
    public const string Empty = "ticket.empty";

    /// <summary>The text is longer than any ticket.</summary>
    public const string TooLong = "ticket.too-long";

    /// <summary>It is something else: a ticket of another kind, a link, a bare id.</summary>
    public const string Kind = "ticket.kind";

    /// <summary>A character does not belong in a ticket.</summary>
    public const string Encoding = "ticket.encoding";

    /// <summary>The end is missing.</summary>
    public const string Truncated = "ticket.truncated";

    /// <summary>The text is a ticket's, the content can't be one.</summary>
    public const string Malformed = "ticket.malformed";

    /// <summary>It is of a later version than this program knows.</summary>
    public const string Version = "ticket.version";

    /// <summary>The endpoint id is no public key.</summary>
    public const string Endpoint = "ticket.endpoint";

    /// <summary>The relay or an address can't be used.</summary>
    public const string Address = "ticket.address";

    /// <summary>It names more addresses than are accepted.</summary>
    public const string TooManyAddresses = "ticket.too-many-addresses";

    /// <summary>Something follows that is no extension block.</summary>
    public const string TrailingGarbage = "ticket.trailing-garbage";

    /// <summary>The extension block is damaged, too large, or asks for something that this program does not know.</summary>
    public const string Extension = "ticket.extension";

    /// <summary>Its time is over.</summary>
    public const string Expired = "ticket.expired";

    /// <summary>Several tickets were given, and they are not for the same content.</summary>
    public const string OtherContent = "ticket.other-content";
}
