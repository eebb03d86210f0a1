using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Receiving;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Receiving;

public sealed class PlacementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PlacementTests()
    {
        _folder.Write("staging/new.txt", "new");
        _folder.Write("staging/folder/a.txt", "new a");
        _folder.Write("staging/folder/b.txt", "new b");
        Directory.CreateDirectory(Destination);
    }

    private string Staging => Path.Combine(_folder.Path, "staging");

    private string Destination => Path.Combine(_folder.Path, "destination");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_received_moves_into_an_empty_folder()
    {
        var paths = Placement.MoveAll(Staging, Destination, ConflictRule.Rename);

        Assert.Equal([At("folder"), At("new.txt")], paths);
        Assert.Equal("new b", File.ReadAllText(At("folder", "b.txt")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Staging));
    }

    [Fact]
    public void Renaming_touches_nothing_that_was_there()
    {
        _folder.Write("destination/new.txt", "old");
        _folder.Write("destination/new (2).txt", "older");
        _folder.Write("destination/folder/a.txt", "old a");

        Placement.MoveAll(Staging, Destination, ConflictRule.Rename);

        Assert.Equal("old", File.ReadAllText(At("new.txt")));
        Assert.Equal("new", File.ReadAllText(At("new (3).txt")));
        Assert.Equal("old a", File.ReadAllText(At("folder", "a.txt")));
        Assert.Equal("new a", File.ReadAllText(At("folder (2)", "a.txt")));
    }

    [Fact]
    public void Overwriting_replaces_files_and_merges_folders()
    {
        _folder.Write("destination/new.txt", "old");
        _folder.Write("destination/folder/a.txt", "old a");
        _folder.Write("destination/folder/mine.txt", "mine");

        Placement.MoveAll(Staging, Destination, ConflictRule.Overwrite);

        Assert.Equal("new", File.ReadAllText(At("new.txt")));
        Assert.Equal("new a", File.ReadAllText(At("folder", "a.txt")));
        Assert.Equal("mine", File.ReadAllText(At("folder", "mine.txt")));
    }

    [Fact]
    public void Skipping_keeps_what_is_there_and_adds_what_is_not()
    {
        _folder.Write("destination/folder/a.txt", "old a");

        Placement.MoveAll(Staging, Destination, ConflictRule.Skip);

        Assert.Equal("old a", File.ReadAllText(At("folder", "a.txt")));
        Assert.Equal("new b", File.ReadAllText(At("folder", "b.txt")));
    }

    [Theory]
    [InlineData(ConflictRule.Overwrite)]
    [InlineData(ConflictRule.Skip)]
    public void Nothing_is_written_through_a_link_to_a_folder(ConflictRule rule)
    {
        var outside = Directory.CreateDirectory(Path.Combine(_folder.Path, "outside")).FullName;
        Directory.CreateSymbolicLink(At("folder"), outside);

        var exception = Assert.Throws<StorageException>(() => Placement.MoveAll(Staging, Destination, rule));

        Assert.Equal(ErrorCodes.DestinationLink, exception.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Assert.Equal("new a", File.ReadAllText(Path.Combine(Staging, "folder", "a.txt")));
    }

    [Fact]
    public void A_link_in_the_place_of_a_file_is_replaced_and_its_target_left_alone()
    {
        var outside = _folder.Write("outside.txt", "outside");
        File.CreateSymbolicLink(At("new.txt"), outside);

        Placement.MoveAll(Staging, Destination, ConflictRule.Overwrite);

        Assert.Equal("outside", File.ReadAllText(outside));
        Assert.Equal("new", File.ReadAllText(At("new.txt")));
        Assert.Null(new FileInfo(At("new.txt")).LinkTarget);
    }

    [Fact]
    public void A_dangling_link_counts_as_taken_when_renaming()
    {
        File.CreateSymbolicLink(At("new.txt"), "/nowhere");

        Placement.MoveAll(Staging, Destination, ConflictRule.Rename);

        Assert.Equal("new", File.ReadAllText(At("new (2).txt")));
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_reported_and_nothing_is_lost()
    {
        _folder.Write("destination/folder", "a file");

        var exception = Assert.Throws<StorageException>(() => Placement.MoveAll(Staging, Destination, ConflictRule.Overwrite));

        Assert.Equal(ErrorCodes.DestinationNotFolder, exception.Code);
        Assert.Equal("new a", File.ReadAllText(Path.Combine(Staging, "folder", "a.txt")));
    }

    private string At(params string[] parts) => Path.Combine([Destination, .. parts]);
}
