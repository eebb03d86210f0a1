namespace AltSendme.Core.Settings;

/// <summary>Section <c>Listen</c>.</summary>
public sealed class ListenSettings
{
    /// <summary>Port for all transports, 1 to 65535; 0 lets the system choose one for each share.</summary>
    public int Port { get; set; }

    /// <summary>Local IP addresses to listen on; empty for all.</summary>
    public IList<string> Addresses { get; } = [];
}
