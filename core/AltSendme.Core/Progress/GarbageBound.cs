namespace AltSendme.Core.Progress;

/// <summary>
/// Keeps a long transfer's memory flat. The runtime lets garbage grow to the size of the processor's last cache before it collects for the first time; on servers that is hundreds of megabytes,
/// several times what a transfer needs. So the young generation is collected whenever this much has been allocated: a fraction of a millisecond, since hardly anything in it is alive.
/// </summary>
internal sealed class GarbageBound
{
    private const long MaxAllocated = 4 << 20;

    private long _collectedAt = GC.GetTotalAllocatedBytes();

    /// <summary>Collects if it is time. Called a few times a second while a transfer runs; not thread-safe.</summary>
    public void Check()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - _collectedAt < MaxAllocated)
            return;
        _collectedAt = allocated;
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
    }
}
