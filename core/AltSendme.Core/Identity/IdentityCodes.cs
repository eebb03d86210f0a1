namespace AltSendme.Core.Identity;

/// <summary>The stable codes of what can be wrong with the stored identity. docs/errors.md explains each.</summary>
public static class IdentityCodes
{
    /// <summary>Others can read the file, or write to its folder.</summary>
    public const string Exposed = "identity.exposed";

    /// <summary>A symbolic link or something else stands where the file should be.</summary>
    public const string NotAFile = "identity.not-a-file";

    /// <summary>The file does not hold a key.</summary>
    public const string Malformed = "identity.malformed";

    /// <summary>Another share has it now.</summary>
    public const string InUse = "identity.in-use";

    /// <summary>The file can't be read or written.</summary>
    public const string Unusable = "identity.unusable";
}
