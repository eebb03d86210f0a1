using System.Runtime.InteropServices;

namespace AltSendme.Explorer.Tests;

/// <summary>An interface as a program in another language has it: a pointer to a table of functions, of which the headers give the order. Released when disposed.</summary>
internal readonly unsafe struct ComPointer(nint value) : IDisposable
{
    public nint Value => value;

    /// <summary>The function at a place of the table; the first three are IUnknown's.</summary>
    public void* Slot(int number) => (*(void***)value)[number];

    public ComPointer Query(string interfaceId)
    {
        Marshal.ThrowExceptionForHR(Marshal.QueryInterface(value, new Guid(interfaceId), out var other));
        return new ComPointer(other);
    }

    /// <summary>What a function says that gives text, which is the caller's to free.</summary>
    public string Text(int slot, nint argument)
    {
        nint text = 0;
        Marshal.ThrowExceptionForHR(((delegate* unmanaged[MemberFunction]<nint, nint, nint*, int>)Slot(slot))(value, argument, &text));
        var words = Marshal.PtrToStringUni(text)!;
        Marshal.FreeCoTaskMem(text);
        return words;
    }

    /// <summary>What a function says that takes one pointer.</summary>
    public int Call(int slot, nint argument) => ((delegate* unmanaged[MemberFunction]<nint, nint, int>)Slot(slot))(value, argument);

    /// <summary>What a function says that takes nothing.</summary>
    public int Call(int slot) => ((delegate* unmanaged[MemberFunction]<nint, int>)Slot(slot))(value);

    public void Dispose()
    {
        if (value != 0)
            Marshal.Release(value);
    }
}
