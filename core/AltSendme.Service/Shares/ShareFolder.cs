using System.Text;
using AltSendme.Core.Identity;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Storage;

namespace AltSendme.Service.Shares;

/// <summary>A share on disk: <c>share.json</c>, its key, and its text where it is one. Only this user can enter the folder.</summary>
internal sealed class ShareFolder(string path)
{
    private const string RecordName = "share.json";

    /// <summary>The key of this share.</summary>
    public IdentityFile Identity => IdentityFile.In(path);

    private string RecordPath => Path.Combine(path, RecordName);

    /// <summary>The folder of a share that is new or was kept.</summary>
    /// <param name="root">Folder of all shares.</param>
    /// <param name="id">The share's id.</param>
    public static ShareFolder Of(string root, string id)
    {
        var folder = Path.Combine(root, id);
        ServicePlace.MakePrivate(folder);
        return new ShareFolder(folder);
    }

    /// <summary>What was kept under <paramref name="root"/>.</summary>
    public static IEnumerable<(ShareRecord Record, ShareFolder Folder)> ReadAll(string root)
    {
        if (!Directory.Exists(root))
            yield break;
        foreach (var folder in Directory.EnumerateDirectories(root).Where(static folder => RecordId.IsValid(Path.GetFileName(folder))))
        {
            var share = new ShareFolder(folder);
            if (!File.Exists(share.RecordPath) && !Directory.EnumerateFiles(folder, RecordName + "*").Any())
            {
                // Its maker was killed before there was a record: nobody ever got its ticket.
                share.Delete();
                continue;
            }

            if (StateFile.TryRead(share.RecordPath, RecordJson.Default.ShareRecord) is { Version: ShareRecord.CurrentVersion } record && record.Id == Path.GetFileName(folder))
                yield return (record, share);
        }
    }

    public void Write(ShareRecord record) => StateFile.Write(RecordPath, record, RecordJson.Default.ShareRecord);

    /// <summary>Keeps a text as a file, and gives its path.</summary>
    public string WriteText(string name, string text)
    {
        var folder = Path.Combine(path, "text");
        ServicePlace.MakePrivate(folder);
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return file;
    }

    /// <summary>Takes over what was uploaded, and gives the paths of what lies at its top.</summary>
    public IReadOnlyList<string> TakeOver(string upload)
    {
        var folder = Path.Combine(path, "files");
        Directory.Move(upload, folder);
        return [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)];
    }

    /// <summary>Forgets the share: first the record, so that a crash in between leaves nothing that would come back.</summary>
    public void Delete()
    {
        if (!Directory.Exists(path))
            return;
        File.Delete(RecordPath);
        Directory.Delete(path, recursive: true);
    }
}
