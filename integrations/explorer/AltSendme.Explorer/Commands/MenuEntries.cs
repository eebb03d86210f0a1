using AltSendme.Cli.Integrations.Explorer;
using AltSendme.Explorer.Actions;
using AltSendme.Explorer.Hosting;

namespace AltSendme.Explorer.Commands;

/// <summary>The entries that there are.</summary>
internal static class MenuEntries
{
    /// <summary>A factory for each entry's class.</summary>
    public static IReadOnlyDictionary<Guid, Func<object>> Factories(Labels labels, Sending sending, Receiving receiving, ServerLifetime lifetime)
    {
        MenuEntry[] entries =
        [
            new(ExplorerNames.SendClass, labels["send"], labels["sendTip"], Icon, NeedsSelection: true, sending.SendAsync),
            new(ExplorerNames.ReceiveClass, labels["receive"], labels["receiveTip"], Icon, NeedsSelection: false, _ => receiving.ReceiveAsync([])),
        ];
        return entries.ToDictionary(static entry => entry.ClassId, entry => new Func<object>(() => new MenuCommand(entry, lifetime)));
    }

    // The program's own, which is the first and only one in it.
    private static string Icon => $"{Environment.ProcessPath},0";
}
