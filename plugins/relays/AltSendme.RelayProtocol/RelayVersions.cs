using System.Diagnostics.CodeAnalysis;

namespace AltSendme.RelayProtocol;

/// <summary>How versions are named and agreed on: the client offers all that it knows, the relay picks the latest that both know.</summary>
public static class RelayVersions
{
    /// <summary>Sub-protocol of <see cref="RelayVersion.V2"/>.</summary>
    public const string V2Name = "iroh-relay-v2";

    /// <summary>Sub-protocol of <see cref="RelayVersion.V1"/>.</summary>
    public const string V1Name = "iroh-relay-v1";

    /// <summary>What a client offers, best first.</summary>
    public static readonly IReadOnlyList<string> Names = [V2Name, V1Name];

    /// <summary>The version of a sub-protocol's name.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out RelayVersion version)
    {
        version = name switch { V2Name => RelayVersion.V2, V1Name => RelayVersion.V1, _ => 0 };
        return version != 0;
    }

    /// <summary>Picks from what a client offers.</summary>
    /// <param name="offered">Value of <c>Sec-WebSocket-Protocol</c>: names with commas between them.</param>
    /// <param name="version">The latest version that both know.</param>
    /// <param name="name">Its name, for the answer.</param>
    public static bool TryPick(ReadOnlySpan<char> offered, out RelayVersion version, [NotNullWhen(true)] out string? name)
    {
        version = 0;
        foreach (var range in offered.Split(','))
        {
            if (TryParse(offered[range].Trim(), out var known) && known > version)
                version = known;
        }

        name = version switch { RelayVersion.V2 => V2Name, RelayVersion.V1 => V1Name, _ => null };
        return name is not null;
    }
}
