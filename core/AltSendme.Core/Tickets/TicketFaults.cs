using System.Globalization;

namespace AltSendme.Core.Tickets;

/// <summary>The sentences for what can be wrong with a ticket.</summary>
internal static class TicketFaults
{
    private const string AskAgain = "Copy it again, or ask the sender for a new one.";

    public static readonly TicketFault Empty = new(TicketCodes.Empty, "There is no ticket. Paste the text that the sender gave you; it begins with 'blob'.");

    public static readonly TicketFault Truncated = new(TicketCodes.Truncated, "The end of the ticket is missing. Copy all of it, from 'blob' to the last letter.");

    public static readonly TicketFault Version = new(TicketCodes.Version, "The ticket is of a later version than this program knows. Update AltSendme.");

    public static readonly TicketFault NoPublicKey = new(TicketCodes.Endpoint, $"The ticket names a sender that can't exist: its id is no public key. {AskAgain}");

    public static readonly TicketFault RelayUrl = new(TicketCodes.Address, $"The relay that the ticket names is not a URL with a host, of at most {TicketLimits.MaxRelayUrlLength} plain characters without credentials. Ask the sender for a ticket without it.");

    public static readonly TicketFault ExtensionAddress = new(TicketCodes.Address, "The ticket names an address of another transport that is not well formed. Ask the sender for a ticket without it.");

    public static readonly TicketFault TooManyAddresses = new(TicketCodes.TooManyAddresses, $"The ticket names more than {TicketLimits.MaxAddresses} addresses. Ask the sender for one with fewer, or with the relay alone.");

    public static readonly TicketFault TrailingGarbage = new(TicketCodes.TrailingGarbage, $"Something that does not belong to it follows the ticket. {AskAgain}");

    public static TicketFault TooLong(int length) =>
        new(TicketCodes.TooLong, string.Create(CultureInfo.InvariantCulture, $"The text has {length:N0} characters; a ticket has at most {TicketLimits.MaxTextLength:N0}. Copy the ticket alone."));

    public static TicketFault Kind(string whatItIs) =>
        new(TicketCodes.Kind, $"This is {whatItIs}, not a ticket for files. Paste the ticket alone; it begins with 'blob'.");

    public static TicketFault Encoding(int position) =>
        new(TicketCodes.Encoding, string.Create(CultureInfo.InvariantCulture, $"Character {position} does not belong in a ticket, which has only letters and the digits 2 to 7. {AskAgain}"));

    public static TicketFault Malformed(string what) => new(TicketCodes.Malformed, $"The ticket is damaged: {what}. {AskAgain}");

    public static TicketFault Extension(string what) => new(TicketCodes.Extension, $"The ticket's extension block {what}. {AskAgain}");

    public static TicketFault UnknownCriticalRecord(ulong type) =>
        new(TicketCodes.Extension, string.Create(CultureInfo.InvariantCulture, $"The ticket asks for something that this program does not know (extension record {type}). Update AltSendme."));

    public static TicketFault Expired(DateTimeOffset when) =>
        new(TicketCodes.Expired, string.Create(CultureInfo.InvariantCulture, $"The ticket expired on {when:yyyy-MM-dd} at {when:HH:mm} UTC. Ask the sender for a new one."));
}
