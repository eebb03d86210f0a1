using AltSendme.Abstractions;

namespace AltSendme.Core.Tickets;

/// <summary>Why a text is not a ticket.</summary>
/// <param name="Code">One of <see cref="TicketCodes"/>.</param>
/// <param name="Message">What is wrong and what to do, for people. It never repeats the ticket, which is a secret.</param>
public readonly record struct TicketFault(string Code, string Message)
{
    /// <summary>The same as an exception.</summary>
    public TicketException ToException() => new(Code, Message);
}
