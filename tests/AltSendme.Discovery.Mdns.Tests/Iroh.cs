using System.Net;
using System.Text;
using AltSendme.Dns;

namespace AltSendme.Discovery.Mdns.Tests;

/// <summary>What iroh's local discovery (swarm-discovery 0.6) sends, and how it reads what others send.</summary>
internal static class Iroh
{
    /// <summary>The id in the golden messages.</summary>
    public const string Id = "5jeuqxxsjqhfpffxcxrfqjzdm67tcxjljtkicwrirs6wvspyxmba";

    private const int BufferLength = 1_472;
    private static readonly DnsName Service = DnsName.Parse("_irohv1._udp.local");
    private static readonly DnsName Local = DnsName.Parse("local");

    private static readonly Dictionary<string, byte[]> Messages = Read();

    public static byte[] Question => Messages["question"];

    public static byte[] Announcement => Messages["announcement"];

    /// <summary>The peers that it would see: service and text records among the answers, below the service; addresses among the additional records, below "local"; the class exactly IN; a question makes the rest unseen.</summary>
    public static IReadOnlyDictionary<string, (IPEndPoint[] Addresses, string[] Texts)> Peers(ReadOnlySpan<byte> datagram)
    {
        Assert.InRange(datagram.Length, 1, BufferLength);
        Assert.True(DnsMessage.TryRead(datagram, out var message, out _));
        var peers = new Dictionary<string, (IPEndPoint[], string[])>();
        if (message.Questions.Any(static question => question.Name.Equals(Service) && question is { Type: DnsType.Ptr, Class: DnsClass.In }))
            return peers;
        foreach (var instance in message.Answers.Where(static record => record.Class == DnsClass.In && record.Name.Parent.Equals(Service)).GroupBy(static record => record.Name))
        {
            var addresses = new List<IPEndPoint>();
            foreach (var service in instance.Select(static record => record.Data).OfType<DnsServiceData>())
            {
                addresses.AddRange(message.Additionals.Where(record => record.Class == DnsClass.In && record.Name.Parent.Equals(Local) && record.Name.Equals(service.Target)).Select(static record => record.Data)
                    .OfType<DnsAddressData>().Select(address => new IPEndPoint(address.Address, service.Port)));
            }

            if (addresses.Count > 0)
                peers[Encoding.ASCII.GetString(instance.Key.FirstLabel)] = ([.. addresses], [.. instance.Select(static record => record.Data).OfType<DnsTextData>().SelectMany(static text => text.Strings).Select(static text => Encoding.UTF8.GetString(text.Span))]);
        }

        return peers;
    }

    private static Dictionary<string, byte[]> Read()
    {
        using var reader = new StreamReader(typeof(Iroh).Assembly.GetManifestResourceStream("iroh.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] != '#').Select(static line => line.Split('\t'))
            .ToDictionary(static parts => parts[0], static parts => Convert.FromHexString(parts[1]));
    }
}
