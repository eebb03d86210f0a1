using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections.Dialing;

/// <summary>
/// The addresses that a dial has yet to try: each once, IPv6 and IPv4 in turn beginning with IPv6 (RFC 8305, section 4), within a family in the order of arrival.
/// Not thread-safe: the race owns it.
/// </summary>
internal sealed class CandidateQueue(AddressForm form)
{
    private readonly HashSet<IPEndPoint> _known = [];
    private readonly Queue<IPEndPoint> _v6 = new();
    private readonly Queue<IPEndPoint> _v4 = new();
    private AddressFamily _last = AddressFamily.InterNetwork;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _v6.Count + _v4.Count == 0;

    /// <summary>Takes a candidate in, unless it is of another form, known already, or one too many.</summary>
    public void Add(Candidate candidate)
    {
        if (!form.TryRead(candidate.Address, out var endPoint) || _known.Count >= DialLimits.MaxDialledAddresses || !_known.Add(endPoint))
            return;
        (endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? _v6 : _v4).Enqueue(endPoint);
    }

    /// <summary>The address to try next.</summary>
    public IPEndPoint Take()
    {
        var (wanted, other) = _last == AddressFamily.InterNetwork ? (_v6, _v4) : (_v4, _v6);
        var next = wanted.Count > 0 ? wanted.Dequeue() : other.Dequeue();
        _last = next.AddressFamily;
        return next;
    }
}
