using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Identity;

/// <summary>
/// The persistent key, for users who want to be recognised; without it every share has a key of its own. One line of text: 64 lower-case hexadecimal
/// digits on Linux and macOS; on Windows <c>dpapi:</c> and the secret as the Data Protection API encrypts it for this user.
/// </summary>
/// <remarks>
/// Protection: on Linux and macOS mode 0600 in a folder of mode 0700, checked again at every load; on Windows the user profile's access list, and
/// encryption under the user's logon. Neither helps against programs that run as the same user.
/// </remarks>
/// <param name="path">Where it is, or will be.</param>
public sealed class IdentityFile(string path)
{
    private const string FileName = "identity";

    /// <summary>Longest file in bytes that is looked at; what is longer is no key.</summary>
    private const int MaxLength = 4096;

    private const UnixFileMode OthersMayRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead | OthersMayWrite;
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    private string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>
    /// The platform's place: <c>$XDG_DATA_HOME/altsendme/identity</c> (by default under <c>~/.local/share</c>), <c>~/Library/Application
    /// Support/AltSendme/identity</c>, <c>%LOCALAPPDATA%\AltSendme\identity</c>.
    /// </summary>
    public static IdentityFile Default() => In(SettingsFiles.Default().StateFolder);

    /// <summary>The identity of a program that keeps its state in <paramref name="stateFolder"/>.</summary>
    public static IdentityFile In(string stateFolder) => new(System.IO.Path.Combine(stateFolder, FileName));

    /// <summary>Loads the key, or creates one when there is none. Of several processes that create at once, all get the same key. The caller disposes it.</summary>
    /// <exception cref="StorageException">The file is exposed, a link, damaged or unusable; the code is one of <see cref="IdentityCodes"/>.</exception>
    public async Task<EndpointKey> LoadOrCreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryLoadAsync(cancellationToken) ?? await CreateAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StorageException(IdentityCodes.Unusable, $"The identity file {Path} can't be used: {fault.Message} Mend it, or share without the persistent identity.", fault);
        }
    }

    private async Task<EndpointKey?> TryLoadAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path);
        if (file.LinkTarget is not null || Directory.Exists(Path))
            throw new StorageException(IdentityCodes.NotAFile, $"{Path} is a link or a folder, where the identity file should be. Put the file itself there, or remove what is there to get a new identity.");
        if (!file.Exists)
            return null;

        RequirePrivate();
        if (file.Length > MaxLength)
            throw Malformed();
        var content = GC.AllocateArray<byte>((int)file.Length, pinned: true);
        try
        {
            await using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            await stream.ReadExactlyAsync(content, cancellationToken);
            return Decode(content) ?? throw Malformed();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private async Task<EndpointKey> CreateAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Folder);
        else
            Directory.CreateDirectory(Folder, OwnerOnlyFile | UnixFileMode.UserExecute);

        var key = EndpointKey.Generate();
        var content = Encode(key);
        var draft = $"{Path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerOnlyFile;
            await using (var stream = new FileStream(draft, options))
            {
                await stream.WriteAsync(content, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            // Never over an existing file: whoever moves first wins, and the others load what is there.
            File.Move(draft, Path, overwrite: false);
            return key;
        }
        catch (Exception fault)
        {
            key.Dispose();
            File.Delete(draft);
            if (fault is IOException && File.Exists(Path) && await TryLoadAsync(cancellationToken) is { } winner)
                return winner;
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private void RequirePrivate()
    {
        if (OperatingSystem.IsWindows())
            return;
        if ((File.GetUnixFileMode(Path) & OthersMayRead) != 0)
            throw new StorageException(IdentityCodes.Exposed, $"Others can read the identity file {Path}, so the key may be known to them. Remove it to get a new identity, or run 'chmod 600' on it if nobody else uses this machine.");
        if ((File.GetUnixFileMode(Folder) & OthersMayWrite) != 0)
            throw new StorageException(IdentityCodes.Exposed, $"Others can write to the folder {Folder}, so the identity file in it may be exchanged. Run 'chmod 700' on the folder.");
    }

    private static byte[] Encode(EndpointKey key)
    {
        var seed = GC.AllocateArray<byte>(EndpointKey.SeedLength, pinned: true);
        key.CopySeedTo(seed);
        try
        {
            return OperatingSystem.IsWindows() ? SealedIdentity.Encode(seed) : PlainIdentity.Encode(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private static EndpointKey? Decode(ReadOnlySpan<byte> content)
    {
        Span<byte> seed = stackalloc byte[EndpointKey.SeedLength];
        var line = content.TrimEnd("\r\n"u8);
        var decoded = OperatingSystem.IsWindows() ? SealedIdentity.TryDecode(line, seed) : PlainIdentity.TryDecode(line, seed);
        try
        {
            return decoded ? EndpointKey.FromSeed(seed) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private StorageException Malformed() =>
        new(IdentityCodes.Malformed, $"The identity file {Path} does not hold a key of this program. Restore it from a copy, or remove it to get a new identity.");
}
