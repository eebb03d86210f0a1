using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Explorer.Com;

/// <summary>Objects as COM sees them. Whoever asks for an interface releases it.</summary>
internal static class ComObjects
{
    private static readonly StrategyBasedComWrappers Wrappers = new();

    /// <summary>An interface of an object of ours.</summary>
    public static int Query(object own, in Guid interfaceId, out nint pointer) => QueryAndRelease(Wrappers.GetOrCreateComInterfaceForObject(own, CreateComInterfaceFlags.None), interfaceId, out pointer);

    /// <summary>An interface of an object that somebody gave us.</summary>
    public static int QueryForeign(object foreign, in Guid interfaceId, out nint pointer) =>
        ComWrappers.TryGetComInstance(foreign, out var unknown) ? QueryAndRelease(unknown, interfaceId, out pointer) : Query(foreign, interfaceId, out pointer);

    private static int QueryAndRelease(nint unknown, in Guid interfaceId, out nint pointer)
    {
        try
        {
            return Marshal.QueryInterface(unknown, interfaceId, out pointer);
        }
        finally
        {
            Marshal.Release(unknown);
        }
    }
}
