using System.Globalization;
using System.Text;
using AltSendme.Service.Client;
using QRCoder;

namespace AltSendme.Service.Web;

/// <summary>A ticket as a QR code that cameras of phones read: an SVG of one path.</summary>
internal static class QrImage
{
    /// <summary>Characters at most: what a code of version 27 holds at the lowest level of correction (ISO/IEC 18004, table 7). Larger ones are hardly read from a screen.</summary>
    public const int MaxLength = 1465;

    /// <summary>Up to here there is room for a better level of correction within the same version.</summary>
    private const int MaxLengthWithCorrection = 1125;

    /// <exception cref="ServiceException">The text is too long for one code.</exception>
    public static string ToSvg(string text)
    {
        if (text.Length > MaxLength)
            throw new ServiceException(ServiceCodes.TooLong, $"The ticket has {text.Length} characters, too many for one QR code ({MaxLength}). Copy it, or make a share whose ticket has no addresses.");
        using var code = QRCodeGenerator.GenerateQrCode(text, text.Length > MaxLengthWithCorrection ? QRCodeGenerator.ECCLevel.L : QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                var start = x;
                while (x < rows.Count && rows[y][x])
                    x++;
                if (x > start)
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1H{start}z");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{rows.Count}v{rows.Count}H0z"/><path fill="#000" d="{path}"/></svg>""");
    }
}
