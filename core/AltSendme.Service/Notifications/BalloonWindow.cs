using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace AltSendme.Service.Notifications;

/// <summary>An icon of the notification area, there while it has a balloon, and the hidden window that hears of clicks. The window belongs to a thread of its own, which <see cref="DisposeAsync"/> ends and awaits.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class BalloonWindow : IAsyncDisposable
{
    /// <summary>UTF-16 units of a title at most.</summary>
    public const int MaxTitle = 63;

    /// <summary>UTF-16 units of a text at most.</summary>
    public const int MaxText = 255;

    private const nint MessageOnly = -3;          // HWND_MESSAGE
    private const uint Quit = 0x12;               // WM_QUIT
    private const uint IconMessage = 0x8001;      // WM_APP + 1
    private const nint BalloonHidden = 0x403;     // NIN_BALLOONHIDE
    private const nint BalloonTimedOut = 0x404;   // NIN_BALLOONTIMEOUT
    private const nint BalloonClicked = 0x405;    // NIN_BALLOONUSERCLICK
    private const uint Add = 0;
    private const uint Modify = 1;
    private const uint Delete = 2;
    private const uint MessageIconTipInfo = 0x1 | 0x2 | 0x4 | 0x10;
    private const uint Information = 1;
    private const uint Failure = 3;
    private const uint RespectQuietTime = 0x80;
    private const nint ApplicationIcon = 32512;   // IDI_APPLICATION

    private const int Procedure = -4;             // GWLP_WNDPROC

    // A window procedure has no other way to its object; a process has one notification area.
    private static BalloonWindow? _current;

    private readonly Action _clicked;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards whether the icon is there: the window's thread takes it away when the balloon is gone.
    private readonly Lock _gate = new();
    private bool _isThere;

    // Set by the thread before anybody gets the object.
    private nint _window;
    private uint _thread;

    private BalloonWindow(Action clicked) => _clicked = clicked;

    /// <summary>Makes the window and its thread.</summary>
    /// <param name="clicked">Called by the window's thread for a click on the balloon.</param>
    public static Task<BalloonWindow> OpenAsync(Action clicked)
    {
        var made = new BalloonWindow(clicked);
        _current = made;
        var isReady = new TaskCompletionSource<BalloonWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => made.Run(isReady)) { IsBackground = true, Name = "notifications" }.Start();
        return isReady.Task;
    }

    /// <summary>Shows a balloon in place of the one before.</summary>
    /// <returns>Whether there is a notification area that shows it.</returns>
    public bool Show(string title, string text, bool isFailure)
    {
        if (_window == 0)
            return false;
        lock (_gate)
        {
            var data = Data();
            data.Flags = MessageIconTipInfo;
            data.Message = IconMessage;
            data.Icon = OwnIcon();
            data.InfoFlags = (isFailure ? Failure : Information) | RespectQuietTime;
            "AltSendme".CopyTo(new Span<char>(data.Tip, 128));
            title.CopyTo(new Span<char>(data.Title, MaxTitle + 1));
            text.CopyTo(new Span<char>(data.Text, MaxText + 1));
            return (_isThere && NotifyIcon(Modify, ref data)) || (_isThere = NotifyIcon(Add, ref data));
        }
    }

    /// <summary>Takes the icon and its balloon away.</summary>
    public void Hide()
    {
        lock (_gate)
        {
            if (!_isThere)
                return;
            var data = Data();
            _ = NotifyIcon(Delete, ref data);
            _isThere = false;
        }
    }

    public ValueTask DisposeAsync()
    {
        Hide();
        _ = PostThreadMessage(_thread, Quit, 0, 0);
        return new ValueTask(_ended.Task);
    }

    private static nint OwnIcon()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "altsendme-explorer.exe");
        return ExtractIcon(0, program, 0) is > 1 and var icon ? icon : LoadIcon(0, ApplicationIcon);
    }

    private IconData Data() => new() { Size = (uint)sizeof(IconData), Window = _window, Id = 1 };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    private static nint OnMessage(nint window, uint message, nint first, nint second)
    {
        if (message != IconMessage)
            return DefaultProcedure(window, message, first, second);
        _current?.OnIcon(second & 0xFFFF);
        return 0;
    }

    private void Run(TaskCompletionSource<BalloonWindow> isReady)
    {
        var window = CreateWindow(0, "STATIC", null, 0, 0, 0, 0, 0, MessageOnly, 0, 0, 0);
        if (window != 0)
            _ = SetWindowLong(window, Procedure, (nint)(delegate* unmanaged[Stdcall]<nint, uint, nint, nint, nint>)&OnMessage);
        (_window, _thread) = (window, GetCurrentThreadId());
        isReady.SetResult(this);
        while (GetMessage(out var message, 0, 0, 0) > 0)
            _ = DispatchMessage(message);
        if (window != 0)
            _ = DestroyWindow(window);
        _ended.SetResult();
    }

    private void OnIcon(nint happened)
    {
        if (happened == BalloonClicked)
            _clicked();
        if (happened is BalloonClicked or BalloonTimedOut or BalloonHidden)
            Hide();
    }

    [LibraryImport("shell32.dll", EntryPoint = "Shell_NotifyIconW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool NotifyIcon(uint what, ref IconData data);

    [LibraryImport("shell32.dll", EntryPoint = "ExtractIconW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint ExtractIcon(nint instance, string file, uint index);

    [LibraryImport("user32.dll", EntryPoint = "LoadIconW")]
    private static partial nint LoadIcon(nint instance, nint name);

    [LibraryImport("user32.dll", EntryPoint = "CreateWindowExW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint CreateWindow(uint extendedStyle, string className, string? name, uint style, int x, int y, int width, int height, nint parent, nint menu, nint instance, nint parameter);

    [LibraryImport("user32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool DestroyWindow(nint window);

    [LibraryImport("user32.dll", EntryPoint = "SetWindowLongPtrW")]
    private static partial nint SetWindowLong(nint window, int index, nint value);

    [LibraryImport("user32.dll", EntryPoint = "DefWindowProcW")]
    private static partial nint DefaultProcedure(nint window, uint message, nint first, nint second);

    [LibraryImport("user32.dll", EntryPoint = "GetMessageW")]
    private static partial int GetMessage(out Message message, nint window, uint first, uint last);

    [LibraryImport("user32.dll", EntryPoint = "DispatchMessageW")]
    private static partial nint DispatchMessage(in Message message);

    [LibraryImport("user32.dll", EntryPoint = "PostThreadMessageW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool PostThreadMessage(uint thread, uint message, nint first, nint second);

    [LibraryImport("kernel32.dll")]
    private static partial uint GetCurrentThreadId();

    /// <summary>MSG of winuser.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public nint Window;
        public uint Id;
        public nint First;
        public nint Second;
        public uint Time;
        public int X;
        public int Y;
        public uint Reserved;
    }

    /// <summary>NOTIFYICONDATAW of shellapi.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IconData
    {
        public uint Size;
        public nint Window;
        public uint Id;
        public uint Flags;
        public uint Message;
        public nint Icon;
        public fixed char Tip[128];
        public uint State;
        public uint StateMask;
        public fixed char Text[MaxText + 1];
        public uint Version;
        public fixed char Title[MaxTitle + 1];
        public uint InfoFlags;
        public Guid Item;
        public nint BalloonIcon;
    }
}
