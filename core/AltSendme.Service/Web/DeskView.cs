namespace AltSendme.Service.Web;

/// <summary>Where a window is: the program, the desktop, and what may be asked.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Platform"><c>linux</c>, <c>macos</c> or <c>windows</c>.</param>
/// <param name="Languages">What the person reads, as tags such as <c>de-AT</c>: the browser's, then the desktop's.</param>
/// <param name="Home">The person's folder.</param>
/// <param name="Destination">Folder that is received into unless another is chosen.</param>
/// <param name="CanPick">Whether the desktop's own dialog for files can be shown.</param>
/// <param name="Limits">How much may be asked.</param>
internal sealed record DeskView(string Version, string Platform, IReadOnlyList<string> Languages, string Home, string Destination, bool CanPick, DeskLimits Limits);

/// <summary>How much may be asked.</summary>
/// <param name="Paths">Paths in a share.</param>
/// <param name="TextLength">Characters of a text, UTF-16.</param>
/// <param name="TicketLength">Characters of a ticket.</param>
/// <param name="Tickets">Tickets in one receive.</param>
/// <param name="UploadFiles">Files in an upload.</param>
/// <param name="QrLength">Characters of a ticket that a QR code holds.</param>
internal sealed record DeskLimits(int Paths, int TextLength, int TicketLength, int Tickets, int UploadFiles, int QrLength);
