namespace AltSendme.Core.Plugins;

/// <summary>What a plugin offers.</summary>
public enum PluginKind
{
    /// <summary>Carries connections.</summary>
    Transport,

    /// <summary>Finds endpoints by their id.</summary>
    Discovery,

    /// <summary>Tunnels datagrams between endpoints that can't reach each other.</summary>
    Relay,
}
