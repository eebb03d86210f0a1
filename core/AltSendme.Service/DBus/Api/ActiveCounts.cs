using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Values;

namespace AltSendme.Service.DBus.Api;

/// <summary>The properties that change: what is going on. Tells when they have.</summary>
internal sealed class ActiveCounts
{
    public const string Shares = "ActiveShares";
    public const string Receives = "ActiveReceives";

    private (int Shares, int Receives) _told;

    /// <summary>The signal for what has changed since the last one; <see langword="null"/> when nothing has.</summary>
    public BusMessage? Changed(int shares, int receives)
    {
        var changed = new Dictionary<string, Variant>(StringComparer.Ordinal);
        if (shares != _told.Shares)
            changed[Shares] = (uint)shares;
        if (receives != _told.Receives)
            changed[Receives] = (uint)receives;
        _told = (shares, receives);
        return changed.Count == 0 ? null : BusMessage.Signal(AltSendmeObject.Path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", AltSendmeObject.Name, changed, Array.Empty<string>());
    }
}
