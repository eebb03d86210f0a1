using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AltSendme.Service.Storage;

/// <summary>A record on disk: JSON that is replaced as a whole or not at all, on disk before the call returns, readable by this user only.</summary>
internal static class StateFile
{
    /// <summary>Bytes of a record at most; larger ones are not ours.</summary>
    private const int MaxLength = 8 << 20;

    /// <exception cref="IOException">It can't be written; the old one stands.</exception>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var stream = new FileStream(draft, options))
            {
                JsonSerializer.Serialize(stream, value, type);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>Reads a record. <see langword="null"/> when there is none, or none that can be read: then it is kept aside for whoever wants to know why.</summary>
    public static T? TryRead<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return stream.Length <= MaxLength ? JsonSerializer.Deserialize(stream, type) : null;
        }
        catch (JsonException)
        {
            File.Move(path, path + ".unreadable", overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
