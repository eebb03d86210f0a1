namespace AltSendme.Core.Plugins;

/// <summary>Whose folder a plugin stands in. Where two have one id, the lower value wins.</summary>
public enum PluginOrigin
{
    /// <summary>Shipped with the program, beside its executable.</summary>
    BuiltIn,

    /// <summary>Installed for everybody on this machine.</summary>
    Machine,

    /// <summary>Installed by this user.</summary>
    User,
}
