using AltSendme.Cli.Integrations.Explorer;
using AltSendme.Cli.Integrations.Linux;
using AltSendme.Cli.Integrations.Mac;

namespace AltSendme.Cli.Integrations;

/// <summary>The file managers that there are integrations for.</summary>
internal static class IntegrationCatalog
{
    /// <summary>All of them, for whatever system.</summary>
    public static IReadOnlyList<IShellIntegration> All { get; } =
    [
        new NautilusIntegration(),
        new NemoIntegration(),
        new CajaIntegration(),
        new DolphinIntegration(),
        new ThunarIntegration(),
        new FinderIntegration(),
        new ExplorerIntegration(),
    ];

    /// <summary>The one of that name.</summary>
    /// <exception cref="IntegrationException">It is made for another system.</exception>
    public static IShellIntegration Named(string name)
    {
        var integration = All.Single(candidate => candidate.Name == name);
        return integration.IsForThisSystem
            ? integration
            : throw new IntegrationException(IntegrationCodes.OtherSystem, $"{integration.Title} is not a file manager of this system. 'altsendme integrate status' lists those that are.");
    }
}
