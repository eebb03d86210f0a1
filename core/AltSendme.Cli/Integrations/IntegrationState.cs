namespace AltSendme.Cli.Integrations;

/// <summary>What is installed for a file manager.</summary>
internal enum IntegrationState
{
    /// <summary>Nothing of ours.</summary>
    NotInstalled,

    /// <summary>All of it, as this version has it.</summary>
    Installed,

    /// <summary>Part of it, or as another version or another place of the program had it. Installing again makes it whole.</summary>
    Outdated,

    /// <summary>Something that is not ours stands where ours would go; it is left alone.</summary>
    Blocked,
}
