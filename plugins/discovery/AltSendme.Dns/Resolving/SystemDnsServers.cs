using System.Net;
using System.Net.NetworkInformation;

namespace AltSendme.Dns;

/// <summary>The servers that this machine is set to ask.</summary>
public static class SystemDnsServers
{
    /// <summary>The port of DNS.</summary>
    public const int Port = 53;

    // What Windows invents for interfaces without servers; nobody answers there.
    private static readonly IPAddress[] Invented = [IPAddress.Parse("fec0:0:0:ffff::1"), IPAddress.Parse("fec0:0:0:ffff::2"), IPAddress.Parse("fec0:0:0:ffff::3")];

    /// <summary>The servers now, in the system's order, at most <see cref="DnsClientOptions.MaxServers"/>. Where the system names none, the one on this machine is (resolv.conf(5)).</summary>
    public static IReadOnlyList<IPEndPoint> Read()
    {
        var servers = (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? OfInterfaces() : OfFile()).Distinct().Where(static address => !Invented.Contains(address)).Take(DnsClientOptions.MaxServers).ToArray();
        return [.. (servers.Length > 0 ? servers : [IPAddress.Loopback]).Select(static address => new IPEndPoint(address, Port))];
    }

    private static IReadOnlyList<IPAddress> OfFile()
    {
        try
        {
            using var file = new StreamReader(ResolvConf.Path);
            var text = new char[ResolvConf.MaxFileLength];
            return ResolvConf.Parse(new string(text, 0, file.ReadBlock(text)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IReadOnlyList<IPAddress> OfInterfaces()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().Where(static network => network.OperationalStatus == OperationalStatus.Up).SelectMany(static network => network.GetIPProperties().DnsAddresses)];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
