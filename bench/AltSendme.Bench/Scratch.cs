namespace AltSendme.Bench;

/// <summary>A folder that lives as long as one measurement.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch(string path) => Folder = Directory.CreateDirectory(path).FullName;

    public string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
