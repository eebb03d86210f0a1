namespace AltSendme.Cli.Integrations;

/// <summary>For whom something is installed.</summary>
internal enum IntegrationScope
{
    /// <summary>The user who runs the command; needs no rights.</summary>
    User,

    /// <summary>Everybody on this machine; needs an administrator's rights.</summary>
    System,
}
