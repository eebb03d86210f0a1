namespace AltSendme.Core.Errors;

/// <summary>The stable codes of errors that the core raises itself; tickets and plugins have theirs beside them. docs/errors.md explains each.</summary>
public static class ErrorCodes
{
    /// <summary>A path that should be sent does not exist.</summary>
    public const string SourceMissing = "source.missing";

    /// <summary>A path that should be sent can't be read.</summary>
    public const string SourceUnreadable = "source.unreadable";

    /// <summary>A file changed while it was hashed or shared.</summary>
    public const string SourceChanged = "source.changed";

    /// <summary>There is no file in what should be sent.</summary>
    public const string SourceEmpty = "source.empty";

    /// <summary>The destination's drive is full, or would be.</summary>
    public const string DiskFull = "store.disk-full";

    /// <summary>The destination can't be written to.</summary>
    public const string DestinationUnwritable = "store.unwritable";

    /// <summary>The destination is a file, or something stands where a folder is needed.</summary>
    public const string DestinationNotFolder = "store.not-a-folder";

    /// <summary>A path at the destination leads through a symbolic link.</summary>
    public const string DestinationLink = "store.link";

    /// <summary>Another process receives the same share into the same folder.</summary>
    public const string StoreBusy = "store.busy";

    /// <summary>What stands in the partial store is not what belongs there.</summary>
    public const string StoreForeign = "store.foreign";

    /// <summary>Reading or writing failed for another reason.</summary>
    public const string StoreFailed = "store.failed";

    /// <summary>No way led to the peer.</summary>
    public const string PeerUnreachable = "peer.unreachable";

    /// <summary>The ticket names no address, and nothing can find the peer by its id.</summary>
    public const string PeerNoAddress = "peer.no-address";

    /// <summary>The connection was lost and did not come back.</summary>
    public const string PeerLost = "peer.lost";

    /// <summary>None of several senders is left.</summary>
    public const string NoSenderLeft = "peer.none-left";

    /// <summary>The peer does not have, or no longer has, what the ticket names.</summary>
    public const string PeerLacksContent = "peer.lacks-content";

    /// <summary>The peer ended the transfer.</summary>
    public const string PeerAborted = "peer.aborted";

    /// <summary>The share was a one-time share and is over.</summary>
    public const string ShareOver = "peer.share-over";

    /// <summary>Content does not match its hash.</summary>
    public const string ContentCorrupt = "content.corrupt";

    /// <summary>What the peer sent breaks the protocol or a limit.</summary>
    public const string ContentRefused = "content.refused";

    /// <summary>The person said no.</summary>
    public const string Declined = "receive.declined";

    /// <summary>Nobody is there to ask for consent.</summary>
    public const string ConsentNeeded = "receive.consent-needed";

    /// <summary>No transport plugin can be used.</summary>
    public const string NoTransport = "plugin.no-transport";

    /// <summary>A plugin can't be used.</summary>
    public const string PluginUnusable = "plugin.unusable";

    /// <summary>What should be installed or signed is no plugin, or can't be written.</summary>
    public const string PluginPackage = "plugin.package";

    /// <summary>A plugin of that id is installed already.</summary>
    public const string PluginExists = "plugin.exists";

    /// <summary>There is no plugin of that id.</summary>
    public const string PluginNotInstalled = "plugin.not-installed";

    /// <summary>The settings can't be used.</summary>
    public const string SettingsInvalid = "settings.invalid";
}
