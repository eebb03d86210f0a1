using AltSendme.Core.Plugins;

namespace AltSendme.Core.Paths;

/// <summary>Which transport is tried first.</summary>
internal static class TransportOrder
{
    /// <summary>Without a setting: the one that gets through most networks and that every iroh program speaks, then the one for networks without UDP.</summary>
    public static readonly IReadOnlyList<string> Default = ["iroh", "tls"];

    /// <summary>Sorts transports: those that <paramref name="preferred"/> names in its order, then the others as they were found.</summary>
    /// <param name="transports">The transport plugins.</param>
    /// <param name="preferred">Plugin ids, or their last part: <c>tls</c> stands for <c>altsendme.tls</c> too. Empty for <see cref="Default"/>.</param>
    public static IReadOnlyList<LoadedPlugin> Sort(IEnumerable<LoadedPlugin> transports, IReadOnlyList<string> preferred)
    {
        var order = preferred.Count > 0 ? preferred : Default;
        return [.. transports.OrderBy(plugin => Rank(plugin.Manifest.Id, order))];
    }

    private static int Rank(string id, IReadOnlyList<string> order)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (id.Equals(order[i], StringComparison.OrdinalIgnoreCase) || id.EndsWith($".{order[i]}", StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return order.Count;
    }
}
