namespace AltSendme.Core.Tickets;

/// <summary>What is accepted of a ticket, checked before anything is allocated by it.</summary>
public static class TicketLimits
{
    /// <summary>Longest text in characters, white space included.</summary>
    public const int MaxTextLength = 64 * 1024;

    /// <summary>Most addresses, those of the extension block included: as many as iroh tries for one peer.</summary>
    public const int MaxAddresses = 32;

    /// <summary>Longest relay URL in bytes.</summary>
    public const int MaxRelayUrlLength = 1024;

    /// <summary>Largest content of an extension block in bytes: 32 addresses of the longest kind fit, with room for more.</summary>
    internal const int MaxExtensionLength = 36 * 1024;

    /// <summary>Most records in an extension block.</summary>
    internal const int MaxExtensionRecords = 64;
}
