using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Web;

/// <summary>What a window was opened for.</summary>
/// <param name="Page">Which it is.</param>
/// <param name="Ticket">The ticket that it begins with.</param>
/// <param name="Share">The share that it begins with.</param>
/// <param name="Receive">The receive that it begins with.</param>
/// <param name="Notice">What to tell the person first.</param>
internal sealed record OpenedWindow(WindowPage Page, string? Ticket, string? Share, string? Receive, string? Notice);
