using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;

namespace AltSendme.Core.Tickets;

/// <summary>The one order and spelling of a ticket's addresses: IPv4, IPv6, others; each kind sorted, none twice. iroh writes the same, so that equal content gives equal tickets.</summary>
internal static class TicketAddresses
{
    /// <summary>What an extension block has for addresses; the rest is for its other records.</summary>
    private const int MaxBytes = TicketLimits.MaxExtensionLength - 256;

    /// <summary>Type and length of a record in bytes.</summary>
    private const int RecordHead = 4;

    /// <exception cref="ArgumentException">There are too many, they are too long together, or one has no port.</exception>
    public static EndpointAddress[] Canonical(IEnumerable<EndpointAddress> addresses)
    {
        var unique = new HashSet<EndpointAddress>();
        foreach (var address in addresses)
            unique.Add(address.TryGetIp(out var endPoint) ? WithoutScope(endPoint) : address);
        if (unique.Count > TicketLimits.MaxAddresses)
            throw new ArgumentException($"A ticket names at most {TicketLimits.MaxAddresses} addresses, not {unique.Count}.", nameof(addresses));

        if (unique.Sum(static address => MostBytesOf(address)) > MaxBytes)
            throw new ArgumentException("The addresses are too long together to fit into a ticket.", nameof(addresses));

        var sorted = unique.ToArray();
        Array.Sort(sorted, Compare);
        return sorted;
    }

    private static int MostBytesOf(EndpointAddress address) => RecordHead + System.Text.Encoding.UTF8.GetByteCount(address.ToString());

    private static EndpointAddress WithoutScope(IPEndPoint endPoint)
    {
        // A scope (%eth0) means something on one machine only, and has no place on the wire.
        if (endPoint.Port == 0)
            throw new ArgumentException($"Nobody can be reached at {endPoint}: the port is missing.", nameof(endPoint));
        return EndpointAddress.FromIp(new IPEndPoint(new IPAddress(endPoint.Address.GetAddressBytes()), endPoint.Port));
    }

    private static int Compare(EndpointAddress left, EndpointAddress right)
    {
        var byKind = Rank(left, out var leftIp).CompareTo(Rank(right, out var rightIp));
        if (byKind != 0)
            return byKind;
        if (leftIp is null || rightIp is null)
            return string.CompareOrdinal(left.ToString(), right.ToString());

        var byAddress = leftIp.Address.GetAddressBytes().AsSpan().SequenceCompareTo(rightIp.Address.GetAddressBytes());
        return byAddress != 0 ? byAddress : leftIp.Port.CompareTo(rightIp.Port);
    }

    private static int Rank(EndpointAddress address, out IPEndPoint? ip) =>
        !address.TryGetIp(out ip) ? 2 : ip.AddressFamily == AddressFamily.InterNetwork ? 0 : 1;
}
