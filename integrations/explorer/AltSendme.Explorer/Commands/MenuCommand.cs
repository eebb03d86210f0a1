using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using AltSendme.Explorer.Com;
using AltSendme.Explorer.Hosting;

namespace AltSendme.Explorer.Commands;

/// <summary>
/// An entry of Explorer's menus, in both forms that Explorer knows: <see cref="IExplorerCommand"/> for the top level of Windows 11, <see cref="IExecuteCommand"/> for the static verbs. Explorer waits for each call, so that what
/// takes time is only begun here; the process stays until it is done.
/// </summary>
[GeneratedComClass]
internal sealed partial class MenuCommand : IExplorerCommand, IExecuteCommand, IObjectWithSelection, IInitializeCommand, IObjectWithSite
{
    private const uint Enabled = 0;    // ECS_ENABLED
    private const uint Hidden = 2;     // ECS_HIDDEN
    private const uint NoFlags = 0;    // ECF_DEFAULT

    private readonly MenuEntry _entry;
    private readonly ServerLifetime _lifetime;
    private IShellItemArray? _selection;
    private nint _site;

    public MenuCommand(MenuEntry entry, ServerLifetime lifetime)
    {
        (_entry, _lifetime) = (entry, lifetime);
        _lifetime.Enter();
    }

    // Nobody holds the object any more; COM has no other way to tell.
    ~MenuCommand()
    {
        if (_site != 0)
            Marshal.Release(_site);
        _lifetime.Leave();
    }

    public void GetTitle(IShellItemArray? items, out string title) => title = _entry.Title;

    public void GetIcon(IShellItemArray? items, out string icon) => icon = _entry.Icon;

    public void GetToolTip(IShellItemArray? items, out string? tip) => tip = _entry.Tip;

    public void GetCanonicalName(out Guid name) => name = _entry.ClassId;

    public void GetState(IShellItemArray? items, bool mayBeSlow, out uint state) => state = _entry.NeedsSelection && IsEmpty(items) ? Hidden : Enabled;

    public void Invoke(IShellItemArray? items, nint bindContext) => Begin(items);

    public void GetFlags(out uint flags) => flags = NoFlags;

    // E_NOTIMPL, as COM has it: its flags say that it has none, so that nobody asks.
    public void EnumSubCommands(out nint commands) => throw new NotImplementedException();

    public void SetSelection(IShellItemArray? items) => _selection = items;

    public int GetSelection(in Guid interfaceId, out nint items)
    {
        items = 0;
        return _selection is null ? HResults.Fail : ComObjects.QueryForeign(_selection, interfaceId, out items);
    }

    public void Execute() => Begin(_selection);

    public void SetSite(nint site)
    {
        if (site != 0)
            Marshal.AddRef(site);
        if (_site != 0)
            Marshal.Release(_site);
        _site = site;
    }

    public int GetSite(in Guid interfaceId, out nint site)
    {
        site = 0;
        return _site == 0 ? HResults.Fail : Marshal.QueryInterface(_site, interfaceId, out site);
    }

    // What Explorer says of the click changes nothing here.
    public void Initialize(string? verb, nint properties)
    {
    }

    public void SetKeyState(uint keys)
    {
    }

    public void SetParameters(string? parameters)
    {
    }

    public void SetPosition(ScreenPoint position)
    {
    }

    public void SetShowWindow(int show)
    {
    }

    public void SetNoShowUI(bool isSilent)
    {
    }

    public void SetDirectory(string? directory)
    {
    }

    private static bool IsEmpty(IShellItemArray? items)
    {
        if (items is null)
            return true;
        items.GetCount(out var count);
        return count == 0;
    }

    // The selection is Explorer's and is read while Explorer waits.
    private void Begin(IShellItemArray? items)
    {
        var selection = Selection.Of(items);
        _lifetime.Run(() => _entry.RunAsync(selection));
    }
}
