using System.Net;

namespace AltSendme.Dns;

/// <summary>The servers in the file by which Unix systems name them (resolv.conf(5)).</summary>
internal static class ResolvConf
{
    public const string Path = "/etc/resolv.conf";

    // The file of a sane system has a few hundred bytes.
    public const int MaxFileLength = 64 * 1024;

    /// <summary>The addresses of the <c>nameserver</c> lines, in order; lines that make no sense are passed over.</summary>
    public static IReadOnlyList<IPAddress> Parse(string text)
    {
        var servers = new List<IPAddress>();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && words[0] == "nameserver" && IPAddress.TryParse(words[1], out var address) && servers.Count < DnsClientOptions.MaxServers && !servers.Contains(address))
                servers.Add(address);
        }

        return servers;
    }
}
