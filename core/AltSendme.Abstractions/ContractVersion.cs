using System.Globalization;

namespace AltSendme.Abstractions;

/// <summary>Version of the plugin contract. A new minor adds types, never members to an interface; a new major may change anything.</summary>
/// <param name="Major">Must be equal for a plugin to load.</param>
/// <param name="Minor">The plugin's must not be above the host's.</param>
public readonly record struct ContractVersion(int Major, int Minor)
{
    /// <summary>The contract of this assembly.</summary>
    public static readonly ContractVersion Current = new(1, 0);

    /// <summary>Whether a host of this version can load a plugin made for <paramref name="plugin"/>.</summary>
    public bool Accepts(ContractVersion plugin) => plugin.Major == Major && plugin.Minor <= Minor;

    /// <summary>Reads <c>MAJOR.MINOR</c>.</summary>
    public static bool TryParse(string? text, out ContractVersion version)
    {
        version = default;
        var parts = text?.Split('.');
        if (parts is not [var major, var minor]
            || !int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var majorNumber)
            || !int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var minorNumber))
            return false;
        version = new ContractVersion(majorNumber, minorNumber);
        return true;
    }

    /// <summary><c>MAJOR.MINOR</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
