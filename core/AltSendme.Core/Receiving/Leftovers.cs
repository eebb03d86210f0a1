using AltSendme.Abstractions;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Receiving;

/// <summary>What a receive that is not finished has left beside its destination.</summary>
public static class Leftovers
{
    /// <summary>Removes it, when there is any. What was received whole is not touched.</summary>
    /// <param name="destination">The folder that was received into.</param>
    /// <param name="ticket">Names the content.</param>
    /// <exception cref="StorageException">It is in use (<c>store.busy</c>) or can't be removed.</exception>
    public static void Discard(string destination, BlobTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var folder = new Destination(destination);
        if (!folder.HasStore(ticket.Root))
            return;
        using var store = folder.OpenStore(ticket.Root);
        store.Discard();
    }
}
