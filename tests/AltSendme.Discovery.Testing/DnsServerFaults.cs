using AltSendme.Dns;

namespace AltSendme.Discovery.Testing;

/// <summary>The datagrams that a fault consists of.</summary>
internal static class DnsServerFaults
{
    private const int FloodLength = 200;

    public static IEnumerable<byte[]> Datagrams(DnsServerFault fault, DnsMessage request, DnsMessage answer)
    {
        var right = answer.ToArray();
        var wrongId = (answer with { Id = (ushort)(answer.Id + 1) }).ToArray();
        return fault switch
        {
            DnsServerFault.Silent => [],
            DnsServerFault.Truncated => [(answer with { Flags = answer.Flags | DnsFlags.Truncated, Answers = [] }).ToArray()],
            DnsServerFault.Cut => [(answer with { Flags = answer.Flags | DnsFlags.Truncated }).ToArray()[..^3]],
            DnsServerFault.WrongId => [wrongId, right],
            DnsServerFault.WrongQuestion => [(answer with { Questions = [new DnsQuestion(DnsName.Parse("other.example"), request.Questions[0].Type)] }).ToArray(), right],
            DnsServerFault.Echo => [request.ToArray(), right],
            DnsServerFault.LoopingName => [[.. (answer with { Answers = [] }).ToArray().AsSpan(0, 6), 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 16, 0, 1]],
            DnsServerFault.Garbage => [[], [1, 2, 3], .. new[] { right }],
            DnsServerFault.Flood => Enumerable.Repeat(wrongId, FloodLength),
            DnsServerFault.ServerFailure => [Refuse(DnsResponseCode.ServerFailure)],
            DnsServerFault.Refused => [Refuse(DnsResponseCode.Refused)],
            DnsServerFault.FormatError => [(answer with { ResponseCode = DnsResponseCode.FormatError, Questions = [], Answers = [] }).ToArray()],
            _ => [right],
        };

        byte[] Refuse(DnsResponseCode code) => (answer with { ResponseCode = code, Answers = [] }).ToArray();
    }
}
