using System.Diagnostics.CodeAnalysis;
using AltSendme.Abstractions;
using AltSendme.Blobs;

namespace AltSendme.Core.Tickets;

/// <summary>
/// What a receiver needs to fetch a share: who has it, the root of its content, and hints about the way there. Its text is the blob ticket of iroh,
/// with an extension block where there is more to say than iroh's form can. A ticket is a secret: whoever has it can fetch.
/// </summary>
public sealed record BlobTicket
{
    /// <summary>Who has the content; the only one who is let in at the other end.</summary>
    public required EndpointId Endpoint { get; init; }

    /// <summary>Hash of the content.</summary>
    public required Hash Root { get; init; }

    /// <summary>What <see cref="Root"/> is the hash of.</summary>
    public required BlobFormat Format { get; init; }

    /// <summary>The relay that the sender is at, as every iroh program reads it. Further relays go into <see cref="Addresses"/>.</summary>
    /// <exception cref="ArgumentException">It is not a URL with a host and without credentials, of at most <see cref="TicketLimits.MaxRelayUrlLength"/> characters.</exception>
    public Uri? RelayUrl { get; init => field = value is null ? null : TicketRelay.Canonical(value); }

    /// <summary>
    /// Addresses to try: IP addresses, which every iroh program reads, and those of other transports, which only AltSendme does. Kept sorted and
    /// without duplicates, interface scopes removed.
    /// </summary>
    /// <exception cref="ArgumentException">There are more than <see cref="TicketLimits.MaxAddresses"/>, they are too long together, or an IP address has port 0.</exception>
    public IReadOnlyList<EndpointAddress> Addresses { get; init => field = TicketAddresses.Canonical(value); } = [];

    /// <summary>When the share ends, in whole seconds; <see langword="null"/> when it has no end. A hint for the receiver: it is the sender who enforces it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is before 1970.</exception>
    public DateTimeOffset? Expires
    {
        get;
        init
        {
            if (value < DateTimeOffset.UnixEpoch)
                throw new ArgumentOutOfRangeException(nameof(value), value, "A ticket can't expire before 1970.");
            field = value is { } moment ? DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds()) : null;
        }
    }

    /// <summary>Whether the share closes when the first receiver has all of it. A hint for the receiver.</summary>
    public bool IsOneTime { get; init; }

    /// <summary>
    /// Reads a ticket as people paste it: in either case, with white space and line breaks anywhere. Never throws and never works longer than its
    /// length allows.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out BlobTicket? ticket, out TicketFault fault)
    {
        ticket = null;
        return TicketText.TryDecode(text, out var bytes, out fault) && TicketContent.TryRead(bytes, out ticket, out fault);
    }

    /// <summary>Reads a ticket as people paste it.</summary>
    /// <exception cref="TicketException">It can't be read; the code is one of <see cref="TicketCodes"/>.</exception>
    public static BlobTicket Parse(ReadOnlySpan<char> text) => TryParse(text, out var ticket, out var fault) ? ticket : throw fault.ToException();

    /// <summary>Everything that the ticket names as a way to the sender, the relay last.</summary>
    public IReadOnlyList<Candidate> ToCandidates()
    {
        var candidates = Addresses.Select(address => new Candidate(address, CandidateSource.Ticket));
        return RelayUrl is null ? [.. candidates] : [.. candidates, new Candidate(EndpointAddress.FromRelay(RelayUrl), CandidateSource.Ticket)];
    }

    /// <summary>Refuses a ticket whose time is over.</summary>
    /// <exception cref="TicketException">It expired (<see cref="TicketCodes.Expired"/>).</exception>
    public void ThrowIfExpired(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (Expires is { } expires && expires <= time.GetUtcNow())
            throw TicketFaults.Expired(expires).ToException();
    }

    /// <summary>Whether both say the same.</summary>
    public bool Equals(BlobTicket? other) =>
        other is not null
        && Endpoint == other.Endpoint
        && Root == other.Root
        && Format == other.Format
        && RelayUrl?.AbsoluteUri == other.RelayUrl?.AbsoluteUri
        && Addresses.SequenceEqual(other.Addresses)
        && Expires == other.Expires
        && IsOneTime == other.IsOneTime;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Endpoint, Root, Format, Addresses.Count);

    /// <summary>The ticket's text: <c>blob</c> and lower-case base32.</summary>
    public override string ToString() => TicketText.Encode(TicketContent.Write(this));
}
