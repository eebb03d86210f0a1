using System.Globalization;
using System.IO;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Qlog;

namespace AltSendme.Quic.Driver;

/// <summary>Where an endpoint leaves the qlogs of its connections, a file each: <c>yyyyMMdd-HHmmss-ID-client.sqlog</c> or <c>-server.sqlog</c>, where ID is the same at both ends.</summary>
/// <param name="Folder">The folder; it is made when the first connection begins.</param>
/// <param name="Format">The form of qlog.</param>
public sealed record QlogOutput(string Folder, QlogFormat Format = QlogFormat.Current)
{
    /// <summary>Begins the log of a connection. Null when no file can be made: a diary that cannot be written must not keep anybody from connecting.</summary>
    internal IConnectionObserver? Begin(Side side, ConnectionId id, Instant start, DateTimeOffset began)
    {
        var name = $"{began.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{id}-{(side == Side.Client ? "client" : "server")}.sqlog";
        try
        {
            Directory.CreateDirectory(Folder);
            var file = new QlogFile(System.IO.Path.Combine(Folder, name));
            return new QlogWriter(file, Format, side, id.ToString(), start, began);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
