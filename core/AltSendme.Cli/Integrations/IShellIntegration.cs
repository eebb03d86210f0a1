namespace AltSendme.Cli.Integrations;

/// <summary>
/// The entries of one file manager. Installing twice is installing once; removing takes away all that was added, and nothing else. What it does not own it neither changes nor removes: it says
/// so. Failures are <see cref="IntegrationException"/>.
/// </summary>
internal interface IShellIntegration
{
    /// <summary>Its name on the command line: <c>nautilus</c>.</summary>
    string Name { get; }

    /// <summary>The file manager, for people: <c>Nautilus (GNOME Files)</c>.</summary>
    string Title { get; }

    /// <summary>Whether it is made for this operating system.</summary>
    bool IsForThisSystem { get; }

    /// <summary>Says how things are; changes nothing.</summary>
    ValueTask<IntegrationStatus> StatusAsync(IntegrationTarget target, CancellationToken cancellationToken);

    /// <summary>Adds what is missing, and renews what is of another version.</summary>
    /// <returns>How it stands afterwards.</returns>
    ValueTask<IntegrationStatus> InstallAsync(IntegrationTarget target, CancellationToken cancellationToken);

    /// <summary>Takes away what was added.</summary>
    /// <returns>How it stands afterwards; <see cref="IntegrationStatus.Places"/> has what is left.</returns>
    ValueTask<IntegrationStatus> RemoveAsync(IntegrationTarget target, CancellationToken cancellationToken);
}
