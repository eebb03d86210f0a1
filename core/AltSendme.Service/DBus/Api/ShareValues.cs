using AltSendme.Service.Client.Contract;
using AltSendme.Service.DBus.Values;

namespace AltSendme.Service.DBus.Api;

/// <summary>A share as <c>ListShares</c> tells of it. What is not known yet is left out.</summary>
internal static class ShareValues
{
    public static IReadOnlyDictionary<string, Variant> Of(ShareView view)
    {
        var values = new Dictionary<string, Variant>(StringComparer.Ordinal)
        {
            ["id"] = view.Id,
            ["state"] = view.State.ToString().ToLowerInvariant(),
            ["created"] = view.Created.ToUnixTimeSeconds(),
            ["broadcast"] = view.Broadcast,
            ["deliveries"] = (uint)view.Deliveries,
            ["receivers"] = (uint)view.Receivers.Count(static receiver => receiver.State == ReceiverState.Connected),
        };
        Add("name", view.Name);
        Add("ticket", view.Ticket);
        Add("error", view.Error?.Message);
        if (view.Expires is { } expires)
            values["expires"] = expires.ToUnixTimeSeconds();
        if (view.Files is { } files)
            values["files"] = (uint)files;
        if (view.Bytes is { } bytes)
            values["bytes"] = (ulong)bytes;
        return values;

        void Add(string name, string? value)
        {
            if (value is not null)
                values[name] = value;
        }
    }
}
