using System.Runtime.InteropServices;

namespace AltSendme.Explorer.Com;

/// <summary>POINT: where the mouse was, in pixels.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ScreenPoint(int X, int Y);
