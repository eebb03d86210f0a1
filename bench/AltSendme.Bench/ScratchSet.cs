namespace AltSendme.Bench;

/// <summary>Folders that go together, when the last measurement is done.</summary>
internal sealed class ScratchSet(Workbench workbench) : IDisposable
{
    private readonly List<Scratch> _folders = [];

    /// <summary>A new one.</summary>
    public Scratch Next()
    {
        _folders.Add(workbench.NewScratch());
        return _folders[^1];
    }

    public void Dispose() => _folders.ForEach(static folder => folder.Dispose());
}
