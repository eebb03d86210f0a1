using System.Buffers;
using AltSendme.Abstractions;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Policy;

/// <summary>Every key of the policy: what it restricts, and <c>Settings:KEY</c> for every setting that it can lock.</summary>
internal static class PolicyKeys
{
    /// <summary>Section of the locked settings.</summary>
    public const string LockedSection = "Settings";

    private const long MaxBytes = 1L << 60;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static readonly PolicyKey RelaysMode = new(
        new SettingKey
        {
            Path = "Relays:Mode",
            Type = SettingType.Choice,
            Default = "any",
            Choices = ["any", "allowList", "forced", "disabled"],
            Description = "which relays may be used, also those that only a ticket or a discovery service names: `any`; those of `Relays:Allowed`; `forced`: those of `Relays:Forced`, which are in use whatever the settings say; none",
        },
        MergeRule.Strictest);

    public static readonly PolicyKey RelaysReceiveMode = new(
        new SettingKey
        {
            Path = "Relays:ReceiveMode",
            Type = SettingType.Choice,
            Default = "same",
            Choices = ["any", "same", "allowList", "forced", "disabled"],
            Description = "the same for receiving, where other rules are wanted than for sending; `same` means `Relays:Mode`",
        },
        MergeRule.Strictest);

    public static readonly PolicyKey RelaysAllowed = new(
        new SettingKey
        {
            Path = "Relays:Allowed",
            Type = SettingType.List,
            DefaultNote = "empty: none",
            ItemForm = "patterns such as https://relay.example.com or https://*.example.com:*",
            IsItem = static text => RelayPattern.TryParse(text, out _),
            Description = "relays for `allowList`: URLs; `*.` in front of a domain means all hosts below it, `:*` any port",
        },
        MergeRule.InEvery);

    public static readonly PolicyKey RelaysForced = new(
        new SettingKey
        {
            Path = "Relays:Forced",
            Type = SettingType.Map,
            DefaultNote = "empty",
            ItemForm = "http or https URLs",
            IsItem = static text => EndpointAddress.TryCreate(EndpointAddress.RelayScheme, text, out _) && new Uri(text).UserInfo.Length == 0,
            MapForm = "\"\", \"file:PATH\" or \"env:NAME\"",
            IsMapText = TokenReference.IsValid,
            Description = "relays for `forced`, by URL, each with where its token is: nothing, `file:` and the path of a file that users can read, or `env:` and the name of an environment variable",
        },
        MergeRule.Same);

    public static readonly PolicyKey RelaysRequireAuthentication = new(
        new SettingKey { Path = "Relays:RequireAuthentication", Type = SettingType.Flag, Default = "false", Description = "use only relays for which there is a token, in `Relays:Forced` or in the user's settings" },
        MergeRule.Strictest);

    public static readonly PolicyKey ConnectionsDirect = new(
        new SettingKey
        {
            Path = "Connections:Direct",
            Type = SettingType.Choice,
            Default = "allowed",
            Choices = ["allowed", "lanOnly", "denied"],
            Description = "which direct connections there may be, in either direction and however their addresses become known: all; those with loopback, link-local and private addresses; none",
        },
        MergeRule.Strictest);

    public static readonly PolicyKey DiscoveryAllowed = new(
        new SettingKey { Path = "Discovery:Allowed", Type = SettingType.List, DefaultNote = "not set: all", ItemForm = "ids of plugins", Description = "ids of the discovery plugins that may be used; an empty list means none" },
        MergeRule.InEvery);

    public static readonly PolicyKey TransportsAllowed = new(
        new SettingKey { Path = "Transports:Allowed", Type = SettingType.List, DefaultNote = "not set: all", ItemForm = "ids of plugins", Description = "ids of the transport plugins that may be used, such as `altsendme.iroh` and `altsendme.tls`" },
        MergeRule.InEvery);

    public static readonly PolicyKey PluginsForbidUserFolders = new(
        new SettingKey { Path = "Plugins:ForbidUserFolders", Type = SettingType.Flag, Default = "false", Description = "load no plugin from the user's own folder" },
        MergeRule.Strictest);

    public static readonly PolicyKey PluginsAllowed = new(
        new SettingKey
        {
            Path = "Plugins:Allowed",
            Type = SettingType.Map,
            DefaultNote = "not set: all",
            ItemForm = "ids of plugins",
            MapForm = "64 hexadecimal digits or \"*\"",
            IsMapText = static text => text == "*" || IsHex(text),
            Description = "plugins that may be loaded, besides those of the program itself: ids, each with the SHA-256 of its `plugin.json`, or `*` for any",
        },
        MergeRule.InEvery);

    public static readonly PolicyKey PluginsTrustedSigners = new(
        new SettingKey
        {
            Path = "Plugins:TrustedSigners",
            Type = SettingType.List,
            DefaultNote = "not set",
            ItemForm = "Ed25519 public keys of 64 hexadecimal digits",
            IsItem = IsHex,
            Description = "Ed25519 public keys, 64 hexadecimal digits each: a plugin whose manifest one of them has signed may be loaded. With this or `Plugins:Allowed`, no other may",
        },
        MergeRule.InEvery);

    public static readonly PolicyKey PluginsRequireSignature = new(
        new SettingKey { Path = "Plugins:RequireSignature", Type = SettingType.Flag, Default = "false", Description = "load only plugins that one of `Plugins:TrustedSigners` has signed, besides those of the program itself" },
        MergeRule.Strictest);

    public static readonly PolicyKey TicketsAllowedTypes = new(
        new SettingKey
        {
            Path = "Tickets:AllowedTypes",
            Type = SettingType.List,
            DefaultNote = "not set: all",
            Choices = ["id", "relay", "addresses", "full"],
            Description = "what tickets made here may say about the way to this machine; `auto` takes the first of these that works",
        },
        MergeRule.InEvery);

    public static readonly PolicyKey TicketsMaxLifetime = new(
        new SettingKey
        {
            Path = "Tickets:MaxLifetime",
            Type = SettingType.Duration,
            DefaultNote = "not set: no end",
            Minimum = 1,
            Maximum = 365 * 86400,
            Description = "how long a share lasts at most; the ticket says so, and the sender ends it",
        },
        MergeRule.Smallest);

    public static readonly PolicyKey TicketsBroadcast = new(
        new SettingKey { Path = "Tickets:Broadcast", Type = SettingType.Flag, Default = "true", Description = "whether a share may be for several receivers (`send --broadcast`)" },
        MergeRule.Strictest)
    { StrictFlag = false };

    public static readonly PolicyKey ReceiveFolder = new(
        new SettingKey
        {
            Path = "Receive:Folder",
            Type = SettingType.Text,
            DefaultNote = "not set: any",
            ItemForm = "an absolute path, which may begin with ~/",
            IsItem = static text => ReceiveRules.TryResolveFolder(text, out _),
            Description = "the folder, absolute or below the user's (`~/`), that files may be received into, or below it; nowhere else, and not to standard output. It is also where they go without `-o`",
        },
        MergeRule.Same);

    public static readonly PolicyKey ReceiveMaxBytes = new(
        new SettingKey { Path = "Receive:MaxBytes", Type = SettingType.Number, DefaultNote = "not set: any", Maximum = MaxBytes, Description = "how many bytes one share may have to be received" },
        MergeRule.Smallest);

    public static readonly PolicyKey ReceiveForbiddenExtensions = new(
        new SettingKey
        {
            Path = "Receive:ForbiddenExtensions",
            Type = SettingType.List,
            DefaultNote = "empty",
            ItemForm = "extensions such as .exe",
            IsItem = static text => text.Length > 1 && text[0] == '.' && text.AsSpan().IndexOfAny("/\\: ") < 0,
            Description = "extensions of names, in upper or lower case, with which no file is received; a share that has one is refused",
        },
        MergeRule.InAny);

    public static readonly PolicyKey LimitsSend = new(
        new SettingKey { Path = "Limits:SendBytesPerSecond", Type = SettingType.Number, DefaultNote = "not set", Minimum = 1, Maximum = MaxBytes, Description = "how much one run sends in a second at most" },
        MergeRule.Smallest);

    public static readonly PolicyKey LimitsReceive = new(
        new SettingKey { Path = "Limits:ReceiveBytesPerSecond", Type = SettingType.Number, DefaultNote = "not set", Minimum = 1, Maximum = MaxBytes, Description = "how much one run receives in a second at most" },
        MergeRule.Smallest);

    public static readonly PolicyKey AnalyticsAllowed = new(
        new SettingKey { Path = "Analytics:Allowed", Type = SettingType.Flag, Default = "true", Description = "whether a user may have finished transfers counted ([`Analytics:Enabled`](settings.md#keys))" },
        MergeRule.Strictest)
    { StrictFlag = false };

    /// <summary>Those that restrict.</summary>
    public static readonly IReadOnlyList<PolicyKey> Restrictions =
    [
        RelaysMode, RelaysReceiveMode, RelaysAllowed, RelaysForced, RelaysRequireAuthentication, ConnectionsDirect, DiscoveryAllowed, TransportsAllowed, PluginsForbidUserFolders, PluginsAllowed, PluginsTrustedSigners,
        PluginsRequireSignature, TicketsAllowedTypes, TicketsMaxLifetime, TicketsBroadcast, ReceiveFolder, ReceiveMaxBytes, ReceiveForbiddenExtensions, LimitsSend, LimitsReceive, AnalyticsAllowed,
    ];

    /// <summary>Those that lock a setting.</summary>
    public static readonly IReadOnlyList<PolicyKey> Locks =
        [.. SettingKeys.All.Where(static key => key.IsLockable).Select(static key => new PolicyKey(key with { Path = $"{LockedSection}:{key.Path}" }, MergeRule.Same) { Locks = key })];

    /// <summary>All of them, in the order of the documents.</summary>
    public static readonly IReadOnlyList<PolicyKey> All = [.. Restrictions, .. Locks];

    private static bool IsHex(string text) => text.Length == 64 && !text.AsSpan().ContainsAnyExcept(HexDigits);
}
