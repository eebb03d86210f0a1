using System.Runtime.InteropServices;

namespace AltSendme.Service.DBus.Native;

/// <summary>Lets one thread wait for a descriptor or for another thread's <see cref="Wake"/>: poll(2) and eventfd(2).</summary>
internal sealed partial class Poller : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const short Readable = 1;

    private readonly int _event = EventDescriptor(0, CloseOnExec | NonBlocking);

    /// <summary>Whether the system gave what is needed.</summary>
    public bool IsUsable => _event >= 0;

    /// <summary>Ends the wait, or the next one. Not to be called after <see cref="Dispose"/>.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = Write(_event, in one, sizeof(ulong));
    }

    /// <summary>Waits for events on a descriptor, for <see cref="Wake"/>, or for the time to be over.</summary>
    /// <param name="descriptor">Descriptor to watch.</param>
    /// <param name="events">Events in terms of poll(2).</param>
    /// <param name="milliseconds">How long; negative for ever.</param>
    public void Wait(int descriptor, int events, int milliseconds)
    {
        Span<PollDescriptor> both = [new() { Descriptor = descriptor, Events = (short)events }, new() { Descriptor = _event, Events = Readable }];

        // Interrupted by a signal is as good as woken: whoever waits looks again.
        _ = Poll(ref both[0], (nuint)both.Length, milliseconds);
        if (both[1].Returned != 0)
            _ = Read(_event, out _, sizeof(ulong));
    }

    public void Dispose()
    {
        if (_event >= 0)
            _ = Close(_event);
    }

    [LibraryImport("libc", EntryPoint = "eventfd")]
    private static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, out ulong value, nuint length);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, in ulong value, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
