using AltSendme.Abstractions;

namespace AltSendme.Core.Identity;

/// <summary>
/// The persistent identity is one share's at a time: of two programs with one id, relays and discovery services lead receivers to the one that came last, which knows nothing of the other's files. Held from
/// taking to disposal; the system lets go when the program dies.
/// </summary>
internal sealed class IdentityHold : IDisposable
{
    private const string FileName = "identity.held";

    private readonly FileStream _file;

    private IdentityHold(FileStream file) => _file = file;

    /// <summary>Takes the identity of a program that keeps its state in this folder, which exists.</summary>
    /// <exception cref="StorageException"><see cref="IdentityCodes.InUse"/>: another share has it.</exception>
    public static IdentityHold Take(string stateFolder)
    {
        try
        {
            return new IdentityHold(new FileStream(Path.Combine(stateFolder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(IdentityCodes.InUse, "Another share uses your persistent identity now, and receivers of the two would be led to only one of them. End it, or send all files in one share, or switch off Send:PersistentIdentity for this one.", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
