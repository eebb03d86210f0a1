using System.Globalization;
using AltSendme.Core.Tickets;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Hosting;
using AltSendme.Service.Receives;
using AltSendme.Service.Web.Folders;
using AltSendme.Service.Web.Spools;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AltSendme.Service.Web;

/// <summary>Tells a window where it is.</summary>
/// <param name="state">The program.</param>
/// <param name="core">The settings.</param>
/// <param name="dialog">The desktop's own dialog.</param>
internal sealed class Desk(ServiceState state, LiveCore core, NativeDialog dialog)
{
    private const int MaxLanguages = 16;

    /// <param name="acceptLanguage">What the browser says of its languages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<DeskView> DescribeAsync(StringValues acceptLanguage, CancellationToken cancellationToken) => new(
        state.Status.Version,
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux",
        [.. Accepted(acceptLanguage).Append(CultureInfo.CurrentUICulture.Name).Where(static tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxLanguages)],
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ReceiveOrders.Destination(null, core.Current),
        await dialog.IsThereAsync(cancellationToken),
        new DeskLimits(ShareOrder.MaxPaths, ShareOrder.MaxTextLength, TicketLimits.MaxTextLength, ReceiveOrder.MaxTickets, Spool.MaxFiles, QrImage.MaxLength));

    // The best liked first; in the browser's order where it likes them the same.
    private static IEnumerable<string> Accepted(StringValues header) =>
        StringWithQualityHeaderValue.TryParseList([.. header.OfType<string>()], out var values) ? values.Where(static value => value.Value != "*").OrderByDescending(static value => value.Quality ?? 1).Select(static value => value.Value.ToString()) : [];
}
