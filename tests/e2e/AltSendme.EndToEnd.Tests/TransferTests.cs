using System.Security.Cryptography;
using System.Text.Json;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests;

/// <summary>What a person or script does with the program, with the real program on both sides.</summary>
public sealed class TransferTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Home => _folder.Path;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_arrives_whole_and_both_sides_end_well()
    {
        var content = RandomNumberGenerator.GetBytes(3_000_000);
        _folder.Write("photo.jpg", content);
        await using var sender = ProgramRun.Start(Home, "send", "photo.jpg");
        var ticket = await sender.LineAsync();

        var (exitCode, output, error) = await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in", "--yes");

        Assert.True(exitCode == 0, error);
        Assert.Equal(_folder.At("in", "photo.jpg"), output);
        Assert.Equal(content, await File.ReadAllBytesAsync(_folder.At("in", "photo.jpg")));
        Assert.Equal(0, await sender.EndAsync());
        Assert.Contains("has verified everything", sender.Error, StringComparison.Ordinal);
        Assert.Equal(["photo.jpg"], Names("in"));
    }

    [Fact]
    public async Task A_folder_with_empty_nested_and_unicode_names_arrives_as_it_was()
    {
        _folder.Write("album/empty.txt", "");
        _folder.Write("album/наука/データ 📁.bin", RandomNumberGenerator.GetBytes(200_000));
        _folder.Write("album/one-chunk", RandomNumberGenerator.GetBytes(1024));
        _folder.Write("album/one-group", RandomNumberGenerator.GetBytes(16 * 1024));
        _folder.Write("album/one-block-and-a-byte", RandomNumberGenerator.GetBytes((1 << 20) + 1));
        await using var sender = ProgramRun.Start(Home, "send", "album", "--no-progress");
        var ticket = await sender.LineAsync();

        var (exitCode, _, error) = await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in", "--yes");

        Assert.True(exitCode == 0, error);
        Assert.Equal(Tree("album"), Tree("in/album"));
        Assert.Equal(0, await sender.EndAsync());
    }

    [Fact]
    public async Task Several_paths_travel_in_one_share()
    {
        _folder.Write("a.txt", "a");
        _folder.Write("b/c.txt", "c");
        await using var sender = ProgramRun.Start(Home, "send", "a.txt", "b");
        var ticket = await sender.LineAsync();

        var (exitCode, output, error) = await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in", "--yes");

        Assert.True(exitCode == 0, error);
        Assert.Equal($"{_folder.At("in", "a.txt")}\n{_folder.At("in", "b")}", output);
        Assert.Equal("c", await File.ReadAllTextAsync(_folder.At("in", "b", "c.txt")));
    }

    [Fact]
    public async Task Standard_input_goes_to_standard_output()
    {
        await using var sender = ProgramRun.Start(Home, "send", "-", "--name", "notes.txt");
        await sender.Input.WriteAsync("typed by hand\n"u8.ToArray());
        sender.Input.Close();
        var ticket = await sender.LineAsync();

        var (exitCode, output, error) = await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "-", "--yes");

        Assert.True(exitCode == 0, error);
        Assert.Equal("typed by hand", output);
        Assert.Equal(0, await sender.EndAsync());
        Assert.False(Directory.Exists(_folder.At(".local", "altsendme", "spool")) && Directory.EnumerateFileSystemEntries(_folder.At(".local", "altsendme", "spool")).Any());
    }

    [Fact]
    public async Task A_broadcast_serves_one_after_the_other_until_ctrl_c()
    {
        _folder.Write("news.txt", "news");
        await using var sender = ProgramRun.Start(Home, "send", "news.txt", "--broadcast");
        var ticket = await sender.LineAsync();

        Assert.Equal(0, (await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "first", "--yes")).ExitCode);
        Assert.Equal(0, (await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "second", "--yes")).ExitCode);
        sender.PressCtrlC();

        Assert.Equal(0, await sender.EndAsync());
        Assert.Equal("news", await File.ReadAllTextAsync(_folder.At("second", "news.txt")));
    }

    [Fact]
    public async Task A_script_follows_both_sides_by_json()
    {
        _folder.Write("data.bin", RandomNumberGenerator.GetBytes(100_000));
        await using var sender = ProgramRun.Start(Home, "send", "data.bin", "--json", "--ticket-type", "addresses");
        using var ready = JsonDocument.Parse(await sender.LineWithAsync("\"ticket\""));
        var ticket = ready.RootElement.GetProperty("ticket").GetString()!;

        var (exitCode, output, _) = await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in", "--yes", "--json");

        Assert.Equal(0, exitCode);
        var events = output.Split('\n').Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("completed", events[^1].GetProperty("type").GetString());
        Assert.Equal(100_000, events[^1].GetProperty("fetchedBytes").GetInt64());
        Assert.Contains(events, static e => e.GetProperty("type").GetString() == "preview" && e.GetProperty("names")[0].GetProperty("name").GetString() == "data.bin");
        Assert.Equal(0, await sender.EndAsync());
        Assert.Contains(await sender.RestAsync(), static line => line.Contains("\"receiver-completed\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_taken_name_is_numbered_replaced_or_skipped_as_asked()
    {
        _folder.Write("a.txt", "new");
        _folder.Write("in/a.txt", "old");
        await using var sender = ProgramRun.Start(Home, "send", "a.txt", "--broadcast");
        var ticket = await sender.LineAsync();

        Assert.Equal(0, (await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in", "--yes")).ExitCode);
        Assert.Equal(0, (await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in", "--yes", "--skip")).ExitCode);
        Assert.Equal("old", await File.ReadAllTextAsync(_folder.At("in", "a.txt")));
        Assert.Equal("new", await File.ReadAllTextAsync(_folder.At("in", "a (2).txt")));
        Assert.Equal(0, (await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in", "--yes", "--overwrite")).ExitCode);
        Assert.Equal("new", await File.ReadAllTextAsync(_folder.At("in", "a.txt")));
        Assert.Equal(["a (2).txt", "a.txt"], Names("in"));
    }

    [Fact]
    public async Task A_file_that_changed_while_it_was_shared_is_refused_and_named_on_both_sides()
    {
        _folder.Write("diary.txt", RandomNumberGenerator.GetBytes(300_000));
        await using var sender = ProgramRun.Start(Home, "send", "diary.txt", "--broadcast");
        var ticket = await sender.LineAsync();
        _folder.Write("diary.txt", RandomNumberGenerator.GetBytes(300_000));

        var (exitCode, _, error) = await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in", "--yes");
        sender.PressCtrlC();
        await sender.EndAsync();

        Assert.Equal(9, exitCode);
        Assert.Contains("changed or removed there", error, StringComparison.Ordinal);
        Assert.Contains("diary.txt", sender.Error, StringComparison.Ordinal);
        Assert.Empty(Names("in"));
    }

    private IReadOnlyList<string> Names(string folder) =>
        Directory.Exists(Path.Combine(Home, folder)) ? [.. Directory.EnumerateFileSystemEntries(Path.Combine(Home, folder)).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    private Dictionary<string, string> Tree(string folder)
    {
        var root = Path.Combine(Home, folder);
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file), static file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
    }
}
