using System.Runtime.InteropServices.Marshalling;
using AltSendme.Explorer.Hosting;

namespace AltSendme.Explorer.Com;

/// <summary>The factory of one class. Objects that it makes, and locks, keep the server's process.</summary>
/// <param name="make">Makes an object.</param>
/// <param name="lifetime">What keeps the process.</param>
[GeneratedComClass]
internal sealed partial class ClassFactory(Func<object> make, ServerLifetime lifetime) : IClassFactory
{
    public int CreateInstance(nint outer, in Guid interfaceId, out nint instance)
    {
        instance = 0;
        return outer != 0 ? HResults.NoAggregation : ComObjects.Query(make(), interfaceId, out instance);
    }

    public void LockServer(bool isLocked)
    {
        if (isLocked)
            lifetime.Enter();
        else
            lifetime.Leave();
    }
}
