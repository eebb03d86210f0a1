namespace AltSendme.Cli.Integrations;

/// <summary>How an integration stands.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its file manager, for people.</param>
/// <param name="State">What is installed of it.</param>
internal sealed record IntegrationStatus(string Name, string Title, IntegrationState State)
{
    /// <summary>Whether the file manager is on this machine.</summary>
    public required bool IsPresent { get; init; }

    /// <summary>What is installed: paths, or keys of the registry.</summary>
    public IReadOnlyList<string> Places { get; init => field = value ?? []; } = [];

    /// <summary>What is missing or left to do, as a sentence; <see langword="null"/> when nothing is.</summary>
    public string? Note { get; init; }
}
