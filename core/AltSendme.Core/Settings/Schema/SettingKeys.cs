using System.Net;
using AltSendme.Core.Relays;

namespace AltSendme.Core.Settings.Schema;

/// <summary>Every key of the settings. <c>Plugins:ID:…</c> is not among them: a plugin knows its own.</summary>
internal static class SettingKeys
{
    private static readonly string[] SecretNames = ["Token", "Password", "Proxy"];

    /// <summary>Section whose keys belong to plugins.</summary>
    public const string FreeSection = "Plugins";

    public static readonly SettingKey ListenPort = new()
    {
        Path = "Listen:Port",
        Type = SettingType.Number,
        Default = "0",
        Maximum = ushort.MaxValue,
        Description = "port that a share listens on; 0 lets the system choose one for each share. With a fixed port only one share can run at a time: the second ends with `tls.port-taken`",
    };

    public static readonly SettingKey ListenAddresses = new()
    {
        Path = "Listen:Addresses",
        Type = SettingType.List,
        DefaultNote = "empty: all",
        ItemForm = "IPv4 and IPv6 addresses",
        IsItem = static text => IPAddress.TryParse(text, out _),
        Description = "local addresses that a share listens on, and so those that its ticket can name",
    };

    public static readonly SettingKey SendTicketType = new()
    {
        Path = "Send:TicketType",
        Type = SettingType.Choice,
        Default = "auto",
        Choices = ["auto", "id", "relay", "addresses", "full"],
        Description = "what a ticket says about the way to this machine, besides its id; `--ticket-type` wins. `auto` names the relay where one is in use, and this machine's addresses only where there is neither a relay nor a discovery service",
    };

    public static readonly SettingKey SendLifetime = new()
    {
        Path = "Send:Lifetime",
        Type = SettingType.Duration,
        Default = "00:00:00",
        Maximum = 365 * 86400,
        Description = "how long a share lasts at most. Its ticket says when it ends, and the sender ends it then; 0 means no end. Write hours, minutes and seconds, or days: `7.00:00:00`",
    };

    public static readonly SettingKey SendPersistentIdentity = new()
    {
        Path = "Send:PersistentIdentity",
        Type = SettingType.Flag,
        Default = "false",
        Description = "whether shares use one key of yours that stays the same, so that receivers can tell that they come from one sender. Otherwise each share has a key of its own, which nothing links to another",
    };

    public static readonly SettingKey SendPreview = new()
    {
        Path = "Send:Preview",
        Type = SettingType.Flag,
        Default = "true",
        Description = "whether a share serves its [preview](protocol/transfer.md#the-preview) to whoever can connect; see [privacy](privacy.md#who-sees-what)",
    };

    public static readonly SettingKey ReceiveConflict = new()
    {
        Path = "Receive:Conflict",
        Type = SettingType.Choice,
        Default = "rename",
        Choices = ["rename", "overwrite", "skip"],
        Description = "what happens when a name is taken; `--rename`, `--overwrite` and `--skip` win",
    };

    public static readonly SettingKey ReceiveRetryFor = new()
    {
        Path = "Receive:RetryFor",
        Type = SettingType.Duration,
        Default = "00:01:00",
        Maximum = 86400,
        Description = "how long a lost connection is tried again without anything new arriving; 0 means not at all. Write hours, minutes and seconds: `60` alone would mean 60 days, and is refused",
    };

    public static readonly SettingKey ReceiveStallAfter = new()
    {
        Path = "Receive:StallAfter",
        Type = SettingType.Duration,
        Default = "00:00:10",
        Minimum = 1,
        Maximum = 600,
        Description = "how long nothing may arrive before another way to the sender is tried, while the old one is kept. The first to deliver goes on",
    };

    public static readonly SettingKey ReceiveFolder = new()
    {
        Path = "Receive:Folder",
        Type = SettingType.Text,
        DefaultNote = "empty: your folder for downloads",
        ItemForm = "an absolute path, or empty",
        IsItem = static text => text.Length == 0 || System.IO.Path.IsPathFullyQualified(text),
        Description = "folder that the background service and the windows receive into unless another is chosen; the window for receiving remembers here which was. `altsendme receive` has `-o`",
    };

    public static readonly SettingKey ConnectPrefer = new()
    {
        Path = "Connect:Prefer",
        Type = SettingType.List,
        DefaultNote = "empty: `iroh`, then `tls`",
        ItemForm = "ids of transport plugins, or their last part",
        Description = "the order in which transports are tried; those that are not named follow. The next one starts a quarter of a second after the one before, or as soon as that has failed; the first to connect carries the transfer",
    };

    public static readonly SettingKey LimitsSend = new()
    {
        Path = "Limits:SendBytesPerSecond",
        Type = SettingType.Number,
        Default = "0",
        Description = "how much the shares of one run send in a second, all receivers together; 0 means as much as they can",
    };

    public static readonly SettingKey LimitsReceive = new()
    {
        Path = "Limits:ReceiveBytesPerSecond",
        Type = SettingType.Number,
        Default = "0",
        Description = "how much one run receives in a second, from all senders together; 0 means as much as it can",
    };

    public static readonly SettingKey DiscoveryMode = new()
    {
        Path = "Discovery:Mode",
        Type = SettingType.Choice,
        Default = "on",
        Choices = ["on", "off"],
        Description = "whether [discovery services](discovery.md) are used; `--discovery` wins",
    };

    public static readonly SettingKey DiscoveryPublish = new()
    {
        Path = "Discovery:Publish",
        Type = SettingType.Choice,
        Default = "needed",
        Choices = ["needed", "always", "never"],
        Description = "which shares are announced: those whose ticket names no way, every one, or none",
    };

    public static readonly SettingKey DiscoveryPublishAddresses = new()
    {
        Path = "Discovery:PublishAddresses",
        Type = SettingType.Choice,
        Default = "relay",
        Choices = ["relay", "all"],
        Description = "what services outside the local network are told: the relay alone, or the addresses of this machine as well",
    };

    public static readonly SettingKey DiscoveryServices = new()
    {
        Path = "Discovery:Services",
        Type = SettingType.Map,
        DefaultNote = "empty: all",
        ItemForm = "ids of discovery plugins, or their last part",
        MapForm = "true or false",
        IsMapText = static text => bool.TryParse(text, out _),
        Description = "switches services off one by one: `{ \"mdns\": false }`; those that are not named are used",
    };

    public static readonly SettingKey ServiceIdleExit = new()
    {
        Path = "Service:IdleExit",
        Type = SettingType.Duration,
        Default = "00:05:00",
        Maximum = 86400,
        Description = "how long the background service stays with nothing to do; 0 means until it is stopped",
    };

    public static readonly SettingKey ServiceKeepFinished = new()
    {
        Path = "Service:KeepFinished",
        Type = SettingType.Duration,
        Default = "7.00:00:00",
        Maximum = 365 * 86400,
        Description = "how long the service lists a finished receive",
    };

    public static readonly SettingKey ServiceKeepUnfinished = new()
    {
        Path = "Service:KeepUnfinished",
        Type = SettingType.Duration,
        Default = "30.00:00:00",
        Minimum = 3600,
        Maximum = 365 * 86400,
        Description = "how long a receive that is not finished can be resumed in the service. Then it is forgotten, and what was fetched of it removed",
    };

    public static readonly SettingKey ServiceNotifications = new()
    {
        Path = "Service:Notifications",
        Type = SettingType.Choice,
        Default = "all",
        Choices = ["all", "failures", "off"],
        Description = "of what the service's notifications tell, for shares and receives that were ordered with them, as file managers do: everything, what went wrong alone, or nothing",
    };

    public static readonly SettingKey ServiceSessionBus = new()
    {
        Path = "Service:SessionBus",
        Type = SettingType.Flag,
        Default = "true",
        Description = "whether the service is on the session bus (D-Bus) where there is one, for Nautilus and its like, and for notifications. Read when the service starts",
    };

    public static readonly SettingKey AnalyticsEnabled = new()
    {
        Path = "Analytics:Enabled",
        Type = SettingType.Flag,
        Default = "false",
        Description = "whether the background service has each finished transfer counted, by its coarse size and nothing else ([privacy](privacy.md#counting-transfers)); the variables `DNT` and `DO_NOT_TRACK` win",
    };

    public static readonly SettingKey AnalyticsSite = new()
    {
        Path = "Analytics:Site",
        Type = SettingType.Text,
        DefaultNote = "empty: none",
        ItemForm = "an http or https URL, or empty",
        IsItem = static text => text.Length == 0 || RelayList.IsUrl(text),
        Description = "the GoatCounter site that counts, such as `https://example.goatcounter.com/`",
    };

    public static readonly SettingKey RelaysMode = new()
    {
        Path = "Relays:Mode",
        Type = SettingType.Choice,
        Default = "default",
        Choices = ["default", "disabled", "custom"],
        IsLockable = false,
        Description = "which relays are used by a transport that supports them; `--relay` wins. `default` stands for the public ones of iroh",
    };

    public static readonly SettingKey RelaysCustom = new()
    {
        Path = "Relays:Custom",
        Type = SettingType.Relays,
        DefaultNote = "empty",
        IsLockable = false,
        ItemForm = "an http or https URL",
        IsItem = RelayList.IsUrl,
        Description = "relays of your own, for `custom` ([relay.md](relay.md)). A token is shown to its own relay only",
    };

    public static readonly SettingKey RelaysWhenUnreachable = new()
    {
        Path = "Relays:WhenUnreachable",
        Type = SettingType.Choice,
        Default = "direct",
        Choices = ["direct", "stop", "public"],
        Description = "what a share does when none of the relays of `custom` answers, and says: go on with direct connections alone, stop, or use the public relays until one answers",
    };

    /// <summary>All of them, in the order of the documents.</summary>
    public static readonly IReadOnlyList<SettingKey> All =
    [
        ListenPort, ListenAddresses, SendTicketType, SendLifetime, SendPersistentIdentity, SendPreview, ReceiveConflict, ReceiveRetryFor, ReceiveStallAfter, ReceiveFolder, ConnectPrefer, DiscoveryMode, DiscoveryPublish, DiscoveryPublishAddresses, DiscoveryServices,
        LimitsSend, LimitsReceive, ServiceIdleExit, ServiceKeepFinished, ServiceKeepUnfinished, ServiceNotifications, ServiceSessionBus, AnalyticsEnabled, AnalyticsSite, RelaysMode, RelaysCustom, RelaysWhenUnreachable,
    ];

    /// <summary>Whether a value is a secret, or may hold one, so that it is never shown: tokens, passwords, and proxies, whose URLs have both.</summary>
    public static bool IsSecret(string path) => path.Split(':')[^1] is var name && SecretNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The key of a path, in upper or lower case; <see langword="null"/> when there is none.</summary>
    public static SettingKey? Find(string path) => All.FirstOrDefault(key => key.Path.Equals(path, StringComparison.OrdinalIgnoreCase));
}
