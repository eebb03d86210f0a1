using System.Globalization;
using AltSendme.Abstractions;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Discovery.Mdns;

/// <summary>What can be set for the plugin, in <c>Plugins:altsendme.mdns</c>.</summary>
internal sealed record MdnsOptions
{
    private const int MaxServiceLength = 15;
    private static readonly TimeSpan ShortestLookup = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestLookup = TimeSpan.FromSeconds(60);

    /// <summary>Names of the interfaces to use; none means every one that is fit for it.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Whether IPv4 is used.</summary>
    public bool UseIPv4 { get; init; } = true;

    /// <summary>Whether IPv6 is used.</summary>
    public bool UseIPv6 { get; init; } = true;

    /// <summary>Whether this side is announced; it can find others without.</summary>
    public bool Announce { get; init; } = true;

    /// <summary>How long a lookup waits for somebody to answer: 5 seconds, from 100 milliseconds to a minute.</summary>
    public TimeSpan LookupTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Name of the service: that of iroh's endpoints. Another one makes a group of its own.</summary>
    public string Service { get; init; } = "irohv1";

    /// <exception cref="PluginException"><c>mdns.settings</c>: lists what can't be used.</exception>
    public static MdnsOptions Read(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var faults = new List<string>();
        var defaults = new MdnsOptions();
        var options = new MdnsOptions
        {
            Interfaces = [.. section.GetSection("Interfaces").GetChildren().Select(static entry => entry.Value ?? "").Where(static name => name.Length > 0)],
            UseIPv4 = Flag(section, "IPv4", defaults.UseIPv4, faults),
            UseIPv6 = Flag(section, "IPv6", defaults.UseIPv6, faults),
            Announce = Flag(section, "Announce", defaults.Announce, faults),
            LookupTime = Time(section, "LookupTime", defaults.LookupTime, faults),
            Service = Label(section, "Service", defaults.Service, faults),
        };
        if (!options.UseIPv4 && !options.UseIPv6)
            faults.Add("Plugins:altsendme.mdns:IPv4 and IPv6 are both false; to switch discovery in the local network off, set Discovery:Services:mdns to false");
        return faults.Count == 0 ? options : throw new PluginException("mdns.settings", $"The settings of discovery in the local network can't be used: {string.Join("; ", faults)}.");
    }

    private static bool Flag(IConfiguration section, string key, bool standard, List<string> faults)
    {
        if (section[key] is not { Length: > 0 } text)
            return standard;
        if (!bool.TryParse(text, out var value))
            faults.Add($"Plugins:altsendme.mdns:{key} is \"{text}\"; it must be true or false");
        return value;
    }

    private static TimeSpan Time(IConfiguration section, string key, TimeSpan standard, List<string> faults)
    {
        if (section[key] is not { Length: > 0 } text)
            return standard;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= ShortestLookup && value <= LongestLookup)
            return value;
        faults.Add($"Plugins:altsendme.mdns:{key} is \"{text}\"; it must be a time from {ShortestLookup:c} to {LongestLookup:c}");
        return standard;
    }

    // RFC 6763, section 7.2.
    private static string Label(IConfiguration section, string key, string standard, List<string> faults)
    {
        if (section[key] is not { Length: > 0 } text)
            return standard;
        if (text.Length <= MaxServiceLength && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-')
            return text;
        faults.Add($"Plugins:altsendme.mdns:{key} is \"{text}\"; it must be 1 to {MaxServiceLength} letters, digits and hyphens");
        return standard;
    }
}
