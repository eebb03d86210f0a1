using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Values;

namespace AltSendme.Service.DBus;

/// <summary>
/// Which screen the user's desktop is on, for tools that the service starts. A service that was started at login, before the desktop, or from outside of it, does not have that in its own environment; systemd's user manager
/// does, since desktops tell it.
/// </summary>
/// <param name="own">Reads a variable of this process.</param>
internal sealed class DesktopSession(Func<string, string?> own)
{
    private const string Manager = "org.freedesktop.systemd1";
    private const string ManagerPath = "/org/freedesktop/systemd1";

    private static readonly string[] Screens = ["WAYLAND_DISPLAY", "DISPLAY"];
    private static readonly string[] Names = [.. Screens, "XAUTHORITY"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>The bus to ask on; <see langword="null"/> where there is none.</summary>
    public SessionBus? Bus { get; set; }

    /// <summary>What a tool needs in its environment, besides what this process has; empty where that is enough, or nobody knows.</summary>
    public async Task<IReadOnlyDictionary<string, string>> VariablesAsync(CancellationToken cancellationToken)
    {
        if (Screens.Any(name => own(name) is { Length: > 0 }) || Bus?.Connection is not { } connection)
            return None;
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await connection.CallAsync(BusMessage.Call(Manager, ManagerPath, "org.freedesktop.DBus.Properties", "Get", "ss", $"{Manager}.Manager", "Environment"), either.Token);
            return answer.Body is [Variant { Value: string[] environment }] ? Wanted(environment) : None;
        }
        catch (BusException)
        {
            // A session without systemd.
            return None;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return None;
        }
    }

    private static Dictionary<string, string> Wanted(string[] environment) => environment
        .Select(static assignment => assignment.Split('=', 2))
        .Where(static parts => parts.Length == 2 && Names.Contains(parts[0]))
        .ToDictionary(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal);
}
