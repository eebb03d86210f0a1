using System.Net;

namespace AltSendme.Relays.Server.Configuration;

/// <summary>What an operator can set (docs/relay.md). Read once, when the server starts.</summary>
internal sealed class RelayServerOptions
{
    /// <summary>Names of the settings at the top level. <c>Logging</c> is the framework's own section, <c>Config</c> the file that was read.</summary>
    public static readonly IReadOnlySet<string> Keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        nameof(Listen), nameof(MetricsListen), nameof(AllowPlainHttp), nameof(Tls), nameof(Access), nameof(Limits), nameof(Restart), nameof(AddressDiscovery), "Logging", "Config",
    };

    /// <summary>IP address and port to listen on; port 0 lets the system choose.</summary>
    public string Listen { get; set; } = "0.0.0.0:443";

    /// <summary>IP address and port of <c>/metrics</c>; empty for none. It is for the operator: there is no authentication.</summary>
    public string MetricsListen { get; set; } = "";

    /// <summary>Whether to listen without TLS on an address that others can reach, because something in front of the relay does it.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Certificate and key.</summary>
    public TlsOptions Tls { get; } = new();

    /// <summary>Who may use the relay.</summary>
    public AccessOptions Access { get; } = new();

    /// <summary>How much of everything.</summary>
    public LimitOptions Limits { get; } = new();

    /// <summary>Telling endpoints their public address.</summary>
    public AddressDiscoveryOptions AddressDiscovery { get; } = new();

    /// <summary>Where that is done; null where it is not. Settings that leave the relay's own port to the system leave this one too.</summary>
    public IPEndPoint? AddressDiscoveryEndPoint
    {
        get
        {
            if (Tls.Certificate is null || AddressDiscovery.Listen.Equals(AddressDiscoveryOptions.Off, StringComparison.OrdinalIgnoreCase))
                return null;
            if (AddressDiscovery.Listen.Length > 0)
                return IPEndPoint.Parse(AddressDiscovery.Listen);
            var relay = IPEndPoint.Parse(Listen);
            return new IPEndPoint(relay.Address, relay.Port == 0 ? 0 : RelayProtocol.AddressDiscovery.Port);
        }
    }

    /// <summary>How the relay goes down.</summary>
    public RestartOptions Restart { get; } = new();
}
