using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;

namespace AltSendme.Service.Web.Sessions;

/// <summary>
/// An HTML file that only this user can read, and that hands a secret to the windows' origin as soon as a browser opens it. The secret stands in no command line and no address, where other users,
/// histories and logs could read it.
/// </summary>
internal static class DoorFile
{
    private const string Prefix = "altsendme-window-";
    private const int NameBytes = 8;

    /// <summary>A folder that only this user can enter.</summary>
    public static string DefaultFolder(ServicePlace place)
    {
        var folder = OperatingSystem.IsWindows() ? place.Folder : Path.GetDirectoryName(place.Address)!;
        ServicePlace.MakePrivate(folder);
        return folder;
    }

    /// <summary>Makes one.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="ServiceException">It can't be written there.</exception>
    public static string Write(string folder, string origin, byte[] secret)
    {
        var path = Path.Combine(folder, $"{Prefix}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes))}.html");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var stream = new FileStream(path, options);
            stream.Write(Encoding.UTF8.GetBytes(Page(origin, Base64Url.EncodeToString(secret))));
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ServiceException(ServiceCodes.BadRequest, $"The file that opens the window can't be made in {folder}: {exception.Message}", exception);
        }
    }

    /// <summary>Removes what a service that was killed left in its own folder.</summary>
    public static void RemoveAbandoned(ServicePlace place)
    {
        foreach (var path in Directory.EnumerateFiles(DefaultFolder(place), Prefix + "*.html"))
            Delete(path);
    }

    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else's program holds it; what is in it is of no use any more.
        }
    }

    // Not a page of the origin: its rules against scripts in the page do not apply, and without scripts there is a button.
    private static string Page(string origin, string secret) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>AltSendme</title></head>
        <body>
        <form method="post" action="{origin}{EntranceRoutes.Path}"><input type="hidden" name="secret" value="{secret}"><noscript><button>AltSendme</button></noscript></form>
        <script>document.forms[0].submit()</script>
        </body>
        </html>

        """;
}
