using System.Globalization;
using System.Net;
using AltSendme.Abstractions;

namespace AltSendme.Relays.Server.Configuration;

/// <summary>Checks the settings before anything uses them. Every fault is a sentence that begins with its key.</summary>
internal static class RelayServerOptionsValidator
{
    private const int MinTokenLength = 16;
    private static readonly TimeSpan MaxTime = TimeSpan.FromHours(1);

    public static IEnumerable<string> Faults(RelayServerOptions options) => [.. Listening(options), .. Access(options.Access), .. Limits(options.Limits), .. Restart(options.Restart), .. AddressDiscovery(options)];

    private static IEnumerable<string> Listening(RelayServerOptions options)
    {
        var valid = IPEndPoint.TryParse(options.Listen, out var listen) && options.Listen.Contains(':', StringComparison.Ordinal);
        if (!valid)
            yield return $"Listen is '{options.Listen}'; it must be an IP address and a port, such as 0.0.0.0:443 or [::]:443";
        if (options.MetricsListen.Length > 0 && !(IPEndPoint.TryParse(options.MetricsListen, out _) && options.MetricsListen.Contains(':', StringComparison.Ordinal)))
            yield return $"MetricsListen is '{options.MetricsListen}'; it must be an IP address and a port, such as 127.0.0.1:9090, or empty";
        if (options.MetricsListen.Length > 0 && options.MetricsListen == options.Listen && !options.Listen.EndsWith(":0", StringComparison.Ordinal))
            yield return "MetricsListen must have an address or port of its own";

        if (options.Tls.Certificate is null != options.Tls.Key is null)
            yield return $"Tls:{(options.Tls.Key is null ? "Key" : "Certificate")} is missing; a certificate and its key belong together";
        foreach (var (key, file) in new[] { ("Certificate", options.Tls.Certificate), ("Key", options.Tls.Key) })
        {
            if (file is not null && !File.Exists(file))
                yield return $"Tls:{key} names {file}, which does not exist";
        }

        if (valid && options.Tls.Certificate is null && !options.AllowPlainHttp && !IPAddress.IsLoopback(listen!.Address))
            yield return $"Listen is {options.Listen} without TLS; set Tls:Certificate and Tls:Key, or AllowPlainHttp where something in front of the relay does TLS";
    }

    private static IEnumerable<string> Access(AccessOptions access)
    {
        if (!Enum.IsDefined(access.Mode))
            yield return "Access:Mode must be Everyone, AllowList, DenyList, Tokens or CallOut";
        if (access.Mode is AccessMode.AllowList && access.Endpoints.Count == 0)
            yield return "Access:Endpoints is empty, so that nobody could use the relay; list endpoint ids, or choose another Access:Mode";
        if (access.Mode is not (AccessMode.AllowList or AccessMode.DenyList) && access.Endpoints.Count > 0)
            yield return $"Access:Endpoints has no effect while Access:Mode is {access.Mode}; choose AllowList or DenyList";
        foreach (var endpoint in access.Endpoints)
        {
            if (!EndpointId.TryParse(endpoint, out _))
                yield return $"Access:Endpoints holds '{endpoint}', which is not an endpoint id of 64 hexadecimal digits";
        }

        if (access.Mode is AccessMode.Tokens && access.Tokens.Count == 0 && access.TokenFile is null)
            yield return "Access:Tokens is empty, so that nobody could use the relay; set at least one, or Access:TokenFile";
        if (access.Mode is not AccessMode.Tokens && (access.Tokens.Count > 0 || access.TokenFile is not null))
            yield return $"Access:Tokens has no effect while Access:Mode is {access.Mode}; choose Tokens";
        if (access.Tokens.Any(static token => token.Length < MinTokenLength))
            yield return $"Access:Tokens holds a token with fewer than {MinTokenLength} characters, which could be guessed";
        if (access.TokenFile is { } file && !File.Exists(file))
            yield return $"Access:TokenFile names {file}, which does not exist";

        var isUrl = Uri.TryCreate(access.CallOutUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
        if (access.Mode is AccessMode.CallOut && !isUrl)
            yield return "Access:CallOutUrl must be an http or https URL";
        if (Outside(access.CallOutTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)))
            yield return "Access:CallOutTimeout must be between 0.1 seconds and 1 minute";
        if (Outside(access.CallOutCache, TimeSpan.Zero, MaxTime))
            yield return "Access:CallOutCache must be between 0 and 1 hour";
    }

    private static IEnumerable<string> Limits(LimitOptions limits)
    {
        foreach (var (key, value, least) in new[]
        {
            ("Clients", (long)limits.Clients, 1L), ("Connections", limits.Connections, 1), ("ConnectionsPerAddress", limits.ConnectionsPerAddress, 0), ("ClientBytesPerSecond", limits.ClientBytesPerSecond, 0),
            ("ClientBurst", limits.ClientBurst, 1024 * 1024), ("QueueFrames", limits.QueueFrames, 1), ("QueueBytes", limits.QueueBytes, 128 * 1024),
        })
        {
            if (value < least)
                yield return string.Create(CultureInfo.InvariantCulture, $"Limits:{key} is {value}; it must be at least {least}");
        }

        if (limits.Connections < limits.Clients)
            yield return $"Limits:Connections is {limits.Connections}, fewer than the {limits.Clients} of Limits:Clients";
        foreach (var (key, time) in new[] { ("HandshakeTimeout", limits.HandshakeTimeout), ("StallTimeout", limits.StallTimeout), ("PingInterval", limits.PingInterval), ("PongTimeout", limits.PongTimeout) })
        {
            if (Outside(time, TimeSpan.FromSeconds(1), MaxTime))
                yield return $"Limits:{key} is {time}; it must be between 1 second and 1 hour";
        }
    }

    private static IEnumerable<string> Restart(RestartOptions restart)
    {
        foreach (var (key, time) in new[] { ("Drain", restart.Drain), ("Spread", restart.Spread), ("TryFor", restart.TryFor) })
        {
            if (Outside(time, TimeSpan.Zero, TimeSpan.FromMinutes(5)))
                yield return $"Restart:{key} is {time}; it must be between 0 and 5 minutes";
        }
    }

    private static IEnumerable<string> AddressDiscovery(RelayServerOptions options)
    {
        var section = options.AddressDiscovery;
        var isOff = section.Listen.Equals(AddressDiscoveryOptions.Off, StringComparison.OrdinalIgnoreCase);
        if (section.Listen.Length > 0 && !isOff)
        {
            if (!IPEndPoint.TryParse(section.Listen, out _) || !section.Listen.Contains(':', StringComparison.Ordinal))
                yield return $"AddressDiscovery:Listen is '{section.Listen}'; it must be an IP address and a UDP port, such as 0.0.0.0:7842, or off";
            if (options.Tls.Certificate is null)
                yield return "AddressDiscovery:Listen needs Tls:Certificate and Tls:Key: endpoints ask only a relay that proves its name; leave it out, or set it to off";
        }

        if (section.Connections < 1)
            yield return string.Create(CultureInfo.InvariantCulture, $"AddressDiscovery:Connections is {section.Connections}; it must be at least 1");
        if (section.HandshakesPerSecond < 1)
            yield return string.Create(CultureInfo.InvariantCulture, $"AddressDiscovery:HandshakesPerSecond is {section.HandshakesPerSecond}; it must be at least 1");
    }

    private static bool Outside(TimeSpan value, TimeSpan least, TimeSpan most) => value < least || value > most;
}
