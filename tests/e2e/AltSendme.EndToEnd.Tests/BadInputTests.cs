using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests;

/// <summary>What goes wrong is said in one line, with an exit code that a script can use.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Home => _folder.Path;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("blob")]
    [InlineData("blobaaaa")]
    [InlineData("nodeadeaqcaibaeaqcaibaeaqcaibaeaqcaibaeaqcaibaeaqcaibaea")]
    public async Task Text_that_is_no_ticket_is_refused(string text)
    {
        var (exitCode, _, error) = await ProgramRun.RunAsync(Home, "receive", text, "--yes");

        Assert.Equal(3, exitCode);
        AssertOneLine(error);
    }

    [Fact]
    public async Task A_ticket_of_one_mebibyte_is_refused_without_reading_it_all()
    {
        await using var run = ProgramRun.Start(Home, "receive", "-", "--yes");
        try
        {
            await run.Input.WriteAsync(System.Text.Encoding.ASCII.GetBytes("blob" + new string('a', 1 << 20)));
            run.Input.Close();
        }
        catch (IOException)
        {
            // The program stops reading where a ticket must have ended.
        }

        Assert.Equal(3, await run.EndAsync());
    }

    [Fact]
    public async Task A_truncated_ticket_and_one_with_trailing_garbage_are_refused()
    {
        _folder.Write("a.txt", "a");
        await using var sender = ProgramRun.Start(Home, "send", "a.txt");
        var ticket = await sender.LineAsync();

        Assert.Equal(3, (await ProgramRun.RunAsync(Home, "receive", ticket[..^10], "--yes")).ExitCode);
        Assert.Equal(3, (await ProgramRun.RunAsync(Home, "receive", ticket + "aaaaaaaa", "--yes")).ExitCode);
    }

    [Fact]
    public async Task A_sender_that_is_gone_is_named_quickly()
    {
        _folder.Write("a.txt", "a");
        string ticket;
        await using (var sender = ProgramRun.Start(Home, "send", "a.txt"))
            ticket = await sender.LineAsync();

        var (exitCode, _, error) = await ProgramRun.RunAsync(Home, "receive", ticket, "--yes", "--no-progress");

        Assert.Equal(5, exitCode);
        Assert.Contains("127.0.0.1", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_receiver_of_a_one_time_share_is_too_late()
    {
        _folder.Write("a.txt", "a");
        await using var sender = ProgramRun.Start(Home, "send", "a.txt");
        var ticket = await sender.LineAsync();
        Assert.Equal(0, (await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in", "--yes")).ExitCode);
        await sender.EndAsync();

        Assert.Equal(5, (await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "late", "--yes")).ExitCode);
    }

    [Fact]
    public async Task Without_anybody_to_ask_consent_must_be_given_on_the_command_line()
    {
        _folder.Write("a.txt", "a");
        await using var sender = ProgramRun.Start(Home, "send", "a.txt");
        var ticket = await sender.LineAsync();

        var (exitCode, _, error) = await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in");

        Assert.Equal(2, exitCode);
        Assert.Contains("--yes", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("in", "x")[..^2]) && Directory.EnumerateFileSystemEntries(_folder.At("in", "x")[..^2]).Any());
    }

    [Fact]
    public async Task A_destination_that_is_a_file_is_refused_before_anything_is_fetched()
    {
        _folder.Write("a.txt", "a");
        _folder.Write("taken", "a file");
        await using var sender = ProgramRun.Start(Home, "send", "a.txt");
        var ticket = await sender.LineAsync();

        var (exitCode, _, error) = await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "taken", "--yes");

        Assert.Equal(7, exitCode);
        Assert.Contains("not a folder", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("send", "nothing-here")]
    [InlineData("send", ".")]
    public async Task What_can_not_be_sent_is_named(params string[] arguments)
    {
        var (exitCode, _, error) = await ProgramRun.RunAsync(Home, arguments);

        Assert.Equal(7, exitCode);
        AssertOneLine(error);
    }

    [Theory]
    [InlineData("sned")]
    [InlineData("send")]
    [InlineData("receive", "x", "--skip", "--overwrite")]
    [InlineData("send", "x", "--ticket-type", "secret")]
    public async Task A_wrong_command_line_ends_with_2(params string[] arguments) => Assert.Equal(2, (await ProgramRun.RunAsync(Home, arguments)).ExitCode);

    [Fact]
    public async Task Settings_that_can_not_be_used_are_named_with_their_key()
    {
        _folder.Write(".config/altsendme/settings.json", """{"Listen":{"Port":-1}}""");
        _folder.Write("a.txt", "a");

        var (exitCode, _, error) = await ProgramRun.RunAsync(Home, "send", "a.txt");

        Assert.Equal(2, exitCode);
        Assert.Contains("Listen:Port", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_small_commands_answer()
    {
        Assert.Contains("altsendme 0.", (await ProgramRun.RunAsync(Home, "version")).Output, StringComparison.Ordinal);
        Assert.Contains("altsendme.tls", (await ProgramRun.RunAsync(Home, "plugins", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("Everything that a transfer needs", (await ProgramRun.RunAsync(Home, "doctor")).Output, StringComparison.Ordinal);
    }

    private static void AssertOneLine(string error)
    {
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("altsendme: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
    }
}
