using System.Globalization;
using System.Text;
using System.Xml.Linq;
using AltSendme.Core.Policy;
using AltSendme.Core.Policy.Sources;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Tests.Policy.Generated;

/// <summary>An example of a configuration profile for Macs: every key that restricts, with a value that can be used.</summary>
internal static class ConfigurationProfile
{
    private const string PayloadId = "9C5C6F0E-6E0B-4B6F-8F0B-2D6B5F1A7C01";
    private const string ProfileId = "9C5C6F0E-6E0B-4B6F-8F0B-2D6B5F1A7C02";

    /// <summary>Examples for keys without a default.</summary>
    private static readonly Dictionary<string, object> Examples = new(StringComparer.Ordinal)
    {
        ["Relays:Mode"] = "forced",
        ["Relays:Allowed"] = new[] { "https://*.example.com" },
        ["Relays:Forced"] = new Dictionary<string, string> { ["https://relay.example.com/"] = "file:/Library/Application Support/AltSendme/relay.token" },
        ["Discovery:Allowed"] = new[] { "altsendme.mdns" },
        ["Transports:Allowed"] = new[] { "altsendme.iroh", "altsendme.tls" },
        ["Plugins:Allowed"] = new Dictionary<string, string> { ["com.example.transport"] = "*" },
        ["Plugins:TrustedSigners"] = new[] { "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a" },
        ["Tickets:AllowedTypes"] = new[] { "id", "relay" },
        ["Tickets:MaxLifetime"] = "7.00:00:00",
        ["Receive:Folder"] = "~/Downloads",
        ["Receive:MaxBytes"] = 10_737_418_240L,
        ["Receive:ForbiddenExtensions"] = new[] { ".pkg", ".dmg" },
        ["Limits:SendBytesPerSecond"] = 12_500_000L,
        ["Limits:ReceiveBytesPerSecond"] = 12_500_000L,
    };

    public static string Text()
    {
        var profile = Dictionary(
            ("PayloadContent", new XElement("array", Dictionary([
                ("PayloadType", new XElement("string", ManagedPreferences.Domain)), ("PayloadIdentifier", new XElement("string", ManagedPreferences.Domain + ".policy")), ("PayloadUUID", new XElement("string", PayloadId)),
                ("PayloadVersion", new XElement("integer", 1)), ("PayloadDisplayName", new XElement("string", "AltSendme")), .. Sections()]))),
            ("PayloadDisplayName", new XElement("string", "Policy of AltSendme (example)")),
            ("PayloadIdentifier", new XElement("string", ManagedPreferences.Domain + ".profile")),
            ("PayloadScope", new XElement("string", "System")),
            ("PayloadType", new XElement("string", "Configuration")),
            ("PayloadUUID", new XElement("string", ProfileId)),
            ("PayloadVersion", new XElement("integer", 1)));
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n{new XElement("plist", new XAttribute("version", "1.0"), profile).ToString().ReplaceLineEndings("\n")}\n";
    }

    /// <summary>The keys alone, as the system hands them on to the program.</summary>
    public static byte[] Preferences() => Encoding.UTF8.GetBytes(new XElement("plist", new XAttribute("version", "1.0"), Dictionary([.. Sections()])).ToString());

    private static IEnumerable<(string, XElement)> Sections()
    {
        foreach (var section in PolicyKeys.Restrictions.GroupBy(static key => key.Schema.Parts[0]))
            yield return (section.Key, Dictionary([.. section.Select(static key => (key.Schema.Parts[1], Value(key.Schema)))]));
        yield return (PolicyKeys.LockedSection, Dictionary(("Send", Dictionary(("Preview", new XElement("false"))))));
    }

    private static XElement Value(SettingKey key) => Examples.GetValueOrDefault(key.Path, key.Default) switch
    {
        string[] items => new XElement("array", items.Select(static item => new XElement("string", item))),
        Dictionary<string, string> map => Dictionary([.. map.Select(static pair => (pair.Key, new XElement("string", pair.Value)))]),
        long number => new XElement("integer", number.ToString(CultureInfo.InvariantCulture)),
        string text when key.Type == SettingType.Flag => new XElement(text),
        var text => new XElement("string", text),
    };

    private static XElement Dictionary(params (string Name, XElement Value)[] members) => new("dict", members.SelectMany(static member => new[] { new XElement("key", member.Name), member.Value }));
}
