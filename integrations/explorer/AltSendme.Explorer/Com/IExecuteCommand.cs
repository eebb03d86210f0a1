using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Explorer.Com;

/// <summary>What a static verb with <c>DelegateExecute</c> calls, once for all selected items (shobjidl_core.idl).</summary>
[GeneratedComInterface(StringMarshalling = StringMarshalling.Utf16)]
[Guid("7F9185B0-CB92-43C5-80A9-92277A4F7B54")]
internal partial interface IExecuteCommand
{
    void SetKeyState(uint keys);

    void SetParameters(string? parameters);

    void SetPosition(ScreenPoint position);

    void SetShowWindow(int show);

    void SetNoShowUI([MarshalAs(UnmanagedType.Bool)] bool isSilent);

    void SetDirectory(string? directory);

    void Execute();
}
