namespace AltSendme.Core.Settings;

/// <summary>Section <c>Connect</c>.</summary>
public sealed class ConnectSettings
{
    /// <summary>Transports in the order in which they are tried, by plugin id or its last part (<c>iroh</c>, <c>tls</c>); others follow. Empty for <c>iroh</c>, then <c>tls</c>.</summary>
    public IList<string> Prefer { get; } = [];
}
