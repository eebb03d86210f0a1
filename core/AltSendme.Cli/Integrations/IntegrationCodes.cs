namespace AltSendme.Cli.Integrations;

/// <summary>The stable codes of <see cref="IntegrationException"/>; docs/errors.md explains each.</summary>
internal static class IntegrationCodes
{
    /// <summary>Something that is not ours stands where ours would go.</summary>
    public const string Foreign = "integration.foreign";

    /// <summary>The place can't be written to.</summary>
    public const string Unwritable = "integration.unwritable";

    /// <summary>The file manager belongs to another operating system.</summary>
    public const string OtherSystem = "integration.other-system";
}
