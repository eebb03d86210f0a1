using AltSendme.Explorer.Com;

namespace AltSendme.Explorer.Commands;

/// <summary>What makes one entry of the menu differ from another.</summary>
/// <param name="ClassId">Its COM class; also its canonical name.</param>
/// <param name="Title">Its words.</param>
/// <param name="Tip">What it is for.</param>
/// <param name="Icon">Where its icon is: a file and the icon's number.</param>
/// <param name="NeedsSelection">Whether it makes sense only for something.</param>
/// <param name="RunAsync">What it does.</param>
internal sealed record MenuEntry(Guid ClassId, string Title, string Tip, string Icon, bool NeedsSelection, Func<Selection, Task> RunAsync);
