using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Sending;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sending;

public sealed class PathWalkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<TransferEvent> _events = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_gives_its_files_named_from_itself_down_in_a_fixed_order()
    {
        _folder.Write("album/b.jpg", "b");
        _folder.Write("album/a/z.jpg", "z");
        _folder.Write("album/.hidden", "h");
        Directory.CreateDirectory(_folder.At("album", "empty", "x")[..^2]);

        Assert.Equal(["album/.hidden", "album/a/z.jpg", "album/b.jpg"], Names("album"));
    }

    [Fact]
    public void Several_paths_keep_their_names_and_equal_ones_are_told_apart()
    {
        _folder.Write("one/report.pdf", "1");
        _folder.Write("two/report.pdf", "2");

        Assert.Equal(["report.pdf", "report (2).pdf"], Names("one/report.pdf", "two/report.pdf"));
    }

    [Fact]
    public void A_slash_at_the_end_changes_nothing()
    {
        _folder.Write("album/b.jpg", "b");

        Assert.Equal(["album/b.jpg"], Names("album/"));
    }

    [Fact]
    public void Links_inside_folders_are_left_out_and_reported_and_a_named_link_is_followed()
    {
        var target = _folder.Write("target.txt", "t");
        _folder.Write("album/a.txt", "a");
        File.CreateSymbolicLink(_folder.At("album", "link.txt"), target);
        Directory.CreateSymbolicLink(_folder.At("album", "loop"), _folder.At("album"));

        Assert.Equal(["album/a.txt", "link.txt"], Names("album", "album/link.txt"));
        Assert.Equal(2, _events.OfType<SourceSkipped>().Count());
    }

    [Fact]
    public void An_unfinished_download_inside_a_folder_is_left_out()
    {
        _folder.Write("album/a.txt", "a");
        _folder.Write("album/.altsendme-0123456789abcdef.part/data/x", "x");

        Assert.Equal(["album/a.txt"], Names("album"));
    }

    [Fact]
    public void A_pipe_is_left_out_instead_of_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        _folder.Write("album/a.txt", "a");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [_folder.At("album", "pipe")]))
            mkfifo.WaitForExit();

        Assert.Equal(["album/a.txt"], Names("album"));
        Assert.Throws<StorageException>(() => Names("album/pipe"));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        var exception = Assert.Throws<StorageException>(() => Names("nothing"));

        Assert.Equal(ErrorCodes.SourceMissing, exception.Code);
        Assert.Contains("nothing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_files_is_refused()
    {
        Directory.CreateDirectory(_folder.At("album", "x")[..^2]);

        Assert.Equal(ErrorCodes.SourceEmpty, Assert.Throws<StorageException>(() => Names("album")).Code);
    }

    private IReadOnlyList<string> Names(params string[] paths) =>
        [.. new PathWalker(new Recorder(_events)).Walk([.. paths.Select(path => Path.Combine(_folder.Path, path))], CancellationToken.None).Select(static file => file.Name)];

    private sealed class Recorder(List<TransferEvent> events) : IProgress<TransferEvent>
    {
        public void Report(TransferEvent value) => events.Add(value);
    }
}
