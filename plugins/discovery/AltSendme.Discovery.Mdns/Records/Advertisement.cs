using System.Net;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.Dns;

namespace AltSendme.Discovery.Mdns.Records;

/// <summary>
/// What an endpoint says of itself: a pointer from the service, a service record for each port, a text record and the addresses, all in one message. iroh takes them from one message only, with the class
/// exactly <see cref="DnsClass.In"/>, so that the bit which makes others forget older copies (RFC 6762, section 10.2) is not set.
/// </summary>
internal sealed class Advertisement
{
    /// <summary>How long what is announced holds (RFC 6762, section 10), in seconds.</summary>
    public const uint TimeToLive = 120;

    /// <summary>Bytes of the largest message: what one datagram carries on an Ethernet, over IPv6 too. iroh reads no more than 1472.</summary>
    public const int MaxLength = 1_440;

    /// <summary>Addresses that are announced at most.</summary>
    public const int MaxAddresses = 32;

    // RFC 6762, section 6.7.
    private const uint LegacyTimeToLive = 10;
    private const int MaxRelayLength = 249;

    private readonly DnsMessage _message;

    private Advertisement(DnsMessage message, byte[] bytes, byte[] goodbye)
    {
        _message = message;
        Bytes = bytes;
        Goodbye = goodbye;
    }

    /// <summary>The announcement, which is also the answer to every question about it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Takes it back: every record with no time left (RFC 6762, section 10.1). The addresses stand among the answers, where iroh, which gives such records a meaning of its own, does not look for them.</summary>
    public ReadOnlyMemory<byte> Goodbye { get; }

    private DnsRecord Pointer => _message.Answers[0];

    /// <summary>Makes one of the addresses that the host gives; none when nothing in them can be announced.</summary>
    public static Advertisement? Make(ServiceNames names, EndpointId id, IReadOnlyList<EndpointAddress> addresses)
    {
        var sockets = new List<IPEndPoint>();
        Uri? relay = null;
        foreach (var address in addresses)
        {
            if (address.TryGetIp(out var socket) && sockets.Count < MaxAddresses)
                sockets.Add(socket);
            else if (relay is null && address.TryGetRelay(out var url) && url.AbsoluteUri.Length <= MaxRelayLength)
                relay = url;
        }

        // What does not fit is left out from the end; addresses come in the order of their use.
        for (; sockets.Count > 0; sockets.RemoveAt(sockets.Count - 1))
        {
            var message = Compose(names, id, sockets, relay);
            var buffer = new byte[MaxLength];
            if (message.TryWrite(buffer, out var length))
                return new Advertisement(message, buffer[..length], ComposeGoodbye(message).ToArray());
        }

        return null;
    }

    /// <summary>Whether a question is about this.</summary>
    public bool Answers(DnsQuestion question)
    {
        // The top bit asks for an answer to the asker alone.
        if (((ushort)question.Class & 0x7FFF) is not ((ushort)DnsClass.In or (ushort)DnsClass.Any))
            return false;
        return _message.Answers.Concat(_message.Additionals).Any(record => record.Name.Equals(question.Name) && (question.Type == record.Type || question.Type == DnsType.Any));
    }

    /// <summary>Whether the asker knows it, for at least half of its time to come (RFC 6762, section 7.1).</summary>
    public bool IsKnown(IEnumerable<DnsRecord> knownAnswers) => knownAnswers.Any(record => record.Type == DnsType.Ptr && record.Name.Equals(Pointer.Name) && record.Data.Equals(Pointer.Data) && record.Ttl >= TimeToLive / 2);

    /// <summary>The answer to somebody who knows nothing of multicast, and so must get his question back (RFC 6762, section 6.7).</summary>
    public byte[] AnswerLegacy(ushort id, DnsQuestion question) => (_message with { Id = id, Questions = [question], Answers = Limit(_message.Answers, LegacyTimeToLive), Additionals = Limit(_message.Additionals, LegacyTimeToLive) }).ToArray();

    private static DnsMessage Compose(ServiceNames names, EndpointId id, List<IPEndPoint> sockets, Uri? relay)
    {
        var instance = names.InstanceOf(id);
        var ports = sockets.Select(static socket => socket.Port).Distinct().ToArray();
        var text = new DnsTextData(relay is null ? [] : [Encoding.UTF8.GetBytes($"relay={relay.AbsoluteUri}")]);
        return new DnsMessage
        {
            Flags = DnsFlags.Response | DnsFlags.Authoritative,
            Answers =
            [
                new DnsRecord(names.Service, DnsType.Ptr, TimeToLive, new DnsNameData(instance)),
                .. ports.Select(port => new DnsRecord(instance, DnsType.Srv, TimeToLive, new DnsServiceData(0, 0, (ushort)port, ServiceNames.HostOf(id, port)))),
                new DnsRecord(instance, DnsType.Txt, TimeToLive, text),
            ],
            Additionals = [.. sockets.Select(socket => DnsAddressData.Record(ServiceNames.HostOf(id, socket.Port), socket.Address, TimeToLive))],
        };
    }

    private static DnsMessage ComposeGoodbye(DnsMessage message) => message with { Answers = [.. Limit(message.Answers, 0), .. Limit(message.Additionals, 0)], Additionals = [] };

    private static DnsRecord[] Limit(IReadOnlyList<DnsRecord> records, uint ttl) => [.. records.Select(record => record with { Ttl = ttl })];
}
