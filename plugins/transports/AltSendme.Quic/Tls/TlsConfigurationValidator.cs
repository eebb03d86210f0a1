using AltSendme.Primitives.Cryptography;
using AltSendme.Quic.Packets.Protection;
using AltSendme.Quic.Tls.Exchange;

namespace AltSendme.Quic.Tls;

/// <summary>Finds what would make every handshake of a configuration fail, before the first one.</summary>
internal static class TlsConfigurationValidator
{
    private const int MaxProtocolLength = 255;

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ArgumentException">Lists every fault.</exception>
    public static void ThrowIfUnusable(TlsConfiguration configuration)
    {
        var faults = new List<string>();
        if (configuration.Kind == CertificateKind.X509)
            AddFaultsOfNames(configuration, faults);
        else if (configuration.PublicKey.Length != Ed25519.PublicKeyLength)
            faults.Add($"{nameof(TlsConfiguration.PublicKey)} has {configuration.PublicKey.Length} bytes; an Ed25519 key has {Ed25519.PublicKeyLength}.");
        if (configuration.ExpectedPeer.Length is not (0 or Ed25519.PublicKeyLength))
            faults.Add($"{nameof(TlsConfiguration.ExpectedPeer)} has {configuration.ExpectedPeer.Length} bytes; an Ed25519 key has {Ed25519.PublicKeyLength}, and none means anybody.");
        if (configuration.ApplicationProtocols.Count == 0 || configuration.ApplicationProtocols.Any(protocol => protocol.Length is 0 or > MaxProtocolLength))
            faults.Add($"{nameof(TlsConfiguration.ApplicationProtocols)} needs at least one name, each of 1 to {MaxProtocolLength} bytes.");
        if (configuration.CipherSuites.Count == 0 || !configuration.CipherSuites.All(id => CipherSuite.TryGet(id, out var suite) && PacketAead.IsSupported(suite)))
            faults.Add($"{nameof(TlsConfiguration.CipherSuites)} is empty or names a suite that this machine does not have; it has {string.Join(", ", CipherSuite.Preferred)}.");
        if (configuration.Groups.Count == 0 || !configuration.Groups.All(Enum.IsDefined<NamedGroup>))
            faults.Add($"{nameof(TlsConfiguration.Groups)} is empty or names an unknown group; {string.Join(", ", Enum.GetNames<NamedGroup>())} are known.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(" ", faults), nameof(configuration));
    }

    private static void AddFaultsOfNames(TlsConfiguration configuration, List<string> faults)
    {
        if (!configuration.ExpectedPeer.IsEmpty)
            faults.Add($"{nameof(TlsConfiguration.ExpectedPeer)} is a raw key, which an end with certificates never proves.");
        if (configuration.Server is { } server && Uri.CheckHostName(server.Host) == UriHostNameType.Unknown)
            faults.Add($"{nameof(TlsConfiguration.Server)} is '{server.Host}', which is neither a DNS name nor an IP address.");
    }
}
