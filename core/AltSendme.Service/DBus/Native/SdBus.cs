using System.Runtime.InteropServices;

namespace AltSendme.Service.DBus.Native;

/// <summary>
/// sd-bus (sd-bus(3)) as far as it is needed, and without its callbacks: what arrives is taken from <see cref="Process"/>, so that the library never calls into the program (docs/decisions/0028). Results below zero are
/// negated errno values. Connections and messages belong to one thread.
/// </summary>
internal static unsafe partial class SdBus
{
    /// <summary>Stands for whichever library has the functions; <see cref="SdBusLibrary"/> finds it.</summary>
    internal const string Library = "sd-bus";

    [LibraryImport(Library, EntryPoint = "sd_bus_new")]
    internal static partial int New(out nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_set_address", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetAddress(nint bus, string address);

    [LibraryImport(Library, EntryPoint = "sd_bus_set_bus_client")]
    internal static partial int SetBusClient(nint bus, int isClient);

    [LibraryImport(Library, EntryPoint = "sd_bus_negotiate_fds")]
    internal static partial int NegotiateDescriptors(nint bus, int isWanted);

    [LibraryImport(Library, EntryPoint = "sd_bus_start")]
    internal static partial int Start(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_is_ready")]
    internal static partial int IsReady(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_unique_name")]
    internal static partial int GetUniqueName(nint bus, out nint name);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_fd")]
    internal static partial int GetDescriptor(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_events")]
    internal static partial int GetEvents(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_timeout")]
    internal static partial int GetTimeout(nint bus, out ulong microseconds);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_n_queued_write")]
    internal static partial int GetQueuedWrites(nint bus, out ulong count);

    /// <summary>Moves on by one step; gives the message that arrived, if one did.</summary>
    [LibraryImport(Library, EntryPoint = "sd_bus_process")]
    internal static partial int Process(nint bus, out nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_send")]
    internal static partial int Send(nint bus, nint message, out ulong cookie);

    [LibraryImport(Library, EntryPoint = "sd_bus_close")]
    internal static partial void Close(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_unref")]
    internal static partial nint Release(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_call", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int NewCall(nint bus, out nint message, string? destination, string path, string? interfaceName, string member);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_signal", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int NewSignal(nint bus, out nint message, string path, string interfaceName, string member);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_return")]
    internal static partial int NewReturn(nint call, out nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_error")]
    internal static partial int NewError(nint call, out nint message, in NativeError error);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_ref")]
    internal static partial nint AddReference(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_unref")]
    internal static partial nint ReleaseMessage(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_type")]
    internal static partial int GetMessageType(nint message, out byte type);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_reply_cookie")]
    internal static partial int GetReplyCookie(nint message, out ulong cookie);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_expect_reply")]
    internal static partial int ExpectsReply(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_path")]
    internal static partial nint GetPath(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_interface")]
    internal static partial nint GetInterface(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_member")]
    internal static partial nint GetMember(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_sender")]
    internal static partial nint GetSender(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_signature")]
    internal static partial nint GetSignature(nint message, int complete);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_error")]
    internal static partial NativeError* GetError(nint message);

    /// <returns>1, or 0 at the end of the container.</returns>
    [LibraryImport(Library, EntryPoint = "sd_bus_message_peek_type")]
    internal static partial int PeekType(nint message, out byte type, out nint contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_read_basic")]
    internal static partial int ReadBasic(nint message, byte type, void* value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_enter_container", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int EnterContainer(nint message, byte type, string contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_exit_container")]
    internal static partial int ExitContainer(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_basic")]
    internal static partial int AppendBasic(nint message, byte type, void* value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_open_container", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OpenContainer(nint message, byte type, string contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_close_container")]
    internal static partial int CloseContainer(nint message);

    /// <summary><c>sd_bus_error</c>; both texts are the caller's.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeError
    {
        public nint Name;
        public nint Message;
        public int NeedsFree;
    }
}
