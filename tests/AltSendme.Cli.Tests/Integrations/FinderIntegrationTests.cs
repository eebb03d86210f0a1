using System.Diagnostics;
using System.Xml;
using System.Xml.Linq;
using AltSendme.Cli.Integrations;
using AltSendme.Cli.Integrations.Mac;
using AltSendme.TestKit;

namespace AltSendme.Cli.Tests.Integrations;

/// <summary>What macOS gets, as far as another system can tell: property lists that can be read, and scripts that run with stand-ins for the programs of macOS.</summary>
public sealed class FinderIntegrationTests : IDisposable
{
    private const string ApproveVariable = "ALTSENDME_APPROVE_PACKAGING";
    private const string HostilePath = "/Users/x/it's \"<&>\" $(touch pwned)/altsendme";

    private static readonly FinderIntegration Finder = new();

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> GoldenFiles => [.. Finder.Files(Target("/Library", "/usr/local/lib/altsendme/altsendme")).Select(static file => Path.GetRelativePath("/Library", file.Path))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(GoldenFiles))]
    public void A_file_is_what_was_approved(string name)
    {
        var text = Finder.Files(Target("/Library", "/usr/local/lib/altsendme/altsendme")).Single(file => Path.GetRelativePath("/Library", file.Path) == name).Text;
        var golden = Path.Combine(Repository.Root, "tests", "vectors", "finder", name);
        if (Environment.GetEnvironmentVariable(ApproveVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
            File.WriteAllText(golden, text);
        }

        Assert.True(File.Exists(golden) && File.ReadAllText(golden).ReplaceLineEndings("\n") == text, $"tests/vectors/finder/{name} differs. If that is meant: {ApproveVariable}=1 dotnet test tests/AltSendme.Cli.Tests --filter Finder, and commit it.");
    }

    [Fact]
    public async Task What_was_installed_can_be_installed_again_and_is_gone_after_removal()
    {
        var target = Target(_folder.At("Library", "x")[..^2], "/opt/altsendme");
        var mine = _folder.Write("Library/Services/Mine.workflow/Contents/Info.plist", "<plist/>");

        var installed = await Finder.InstallAsync(target, default);
        var again = await Finder.InstallAsync(target, default);
        var elsewhere = await Finder.StatusAsync(target with { Program = "/opt/other/altsendme" }, default);
        var removed = await Finder.RemoveAsync(target, default);

        Assert.Equal((IntegrationState.Installed, IntegrationState.Installed, IntegrationState.Outdated, IntegrationState.NotInstalled), (installed.State, again.State, elsewhere.State, removed.State));
        Assert.Equal([mine], Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
        Assert.Equal(["Mine.workflow"], Directory.EnumerateDirectories(Path.Combine(target.DataFolder, "Services")).Select(Path.GetFileName));
    }

    [ToolFact("python3", "apt-get install python3")]
    public async Task Every_property_list_can_be_read_whatever_the_programs_path()
    {
        var files = Finder.Files(Target(_folder.Path, HostilePath)).Where(static file => file.Path.EndsWith("list", StringComparison.Ordinal) || file.Path.EndsWith("wflow", StringComparison.Ordinal)).ToArray();
        Assert.Equal(5, files.Length);
        foreach (var file in files)
        {
            _folder.Write("file.plist", file.Text);
            var run = await RunAsync("python3", ["-c", "import plistlib,sys,json; json.dump(plistlib.load(open(sys.argv[1],'rb')),sys.stdout)", Path.Combine(_folder.Path, "file.plist")], "");
            Assert.True(run.ExitCode == 0, run.Error);
        }
    }

    [Fact]
    public async Task Names_reach_the_program_as_they_are_and_none_is_read_as_a_command()
    {
        string[] names = ["/Users/x/a b", "/Users/x/$(touch pwned)", "/Users/x/`touch pwned`", "/Users/x/-rf", "/Users/x/new\nline\n", "/Users/x/it's \"quoted\"", "/Users/x/*; touch pwned #", "/Users/x/back\\slash\\", "/Users/x/ünïcödé 文件 \u202e", "/Users/x/%s%n", "/Users/x/ "];
        var program = Stand(0, "");

        var run = await RunAsync("/bin/sh", ["-c", Script("Send", program), "-", .. names], "");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["send", "--background", "--copy", "--notify", "--", .. names], Given("arguments"));
        Assert.Empty(Given("said"));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "pwned")));
    }

    [Theory]
    [InlineData(8, "The service could not start. It's \"gone\" $(touch pwned)", true)]
    [InlineData(1, "", true)]
    [InlineData(7, "The file can't be read.", false)]
    public async Task A_failure_that_no_notification_tells_is_told_by_an_alert(int exitCode, string message, bool isTold)
    {
        var run = await RunAsync("/bin/sh", ["-c", Script("Send", Stand(exitCode, message)), "-", "/Users/x/a"], "");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(isTold ? [message.Length > 0 ? message : "AltSendme could not be started."] : [], Given("said"));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "pwned")));
    }

    [Theory]
    [InlineData("Send")]
    [InlineData("Receive")]
    public async Task A_program_that_is_gone_is_said_to_be(string action)
    {
        Stand(0, "");

        var run = await RunAsync("/bin/sh", ["-c", Script(action, "/nowhere/it's/altsendme"), "-", "/Users/x/a"], "ticket");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("/nowhere/it's/altsendme is not there", Assert.Single(Given("said")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_selected_ticket_reaches_the_dialog_in_a_file_that_nobody_else_can_read()
    {
        var run = await RunAsync("/bin/sh", ["-c", Script("Receive", Stand(0, ""))], "  blobaaaa\n bbbb\n");

        Assert.True(run.ExitCode == 0, run.Error);
        var arguments = Given("arguments");
        Assert.Equal(["receive", "--dialog"], arguments[..2]);
        Assert.EndsWith("ticket.altsendme", arguments[2], StringComparison.Ordinal);
        Assert.False(File.Exists(arguments[2]));
        Assert.Equal("blobaaaabbbb -rw------- drwx------", File.ReadAllText(Path.Combine(_folder.Path, "ticket")).Trim());
    }

    private static IntegrationTarget Target(string folder, string program) => new() { Scope = IntegrationScope.User, Program = program, ServiceProgram = program + "-service", DataFolder = folder };

    /// <summary>The script of a workflow, taken from it as Automator does.</summary>
    private static string Script(string action, string program)
    {
        var text = Finder.Files(Target("/Library", program)).Single(file => file.Path.Contains($"/{action} with", StringComparison.Ordinal) && file.Path.EndsWith("wflow", StringComparison.Ordinal)).Text;
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        var key = XDocument.Load(reader).Descendants("key").Single(static key => key.Value == "COMMAND_STRING" && key.ElementsAfterSelf().First().Name == "string");
        return key.ElementsAfterSelf().First().Value;
    }

    /// <summary>Stand-ins for the program, which keeps what it is given and ends as asked, and for osascript, which keeps what it is to say.</summary>
    private string Stand(int exitCode, string message)
    {
        var keep = $"'{_folder.Path}'";
        Write("bin/osascript", $"#!/bin/sh\ncat >/dev/null\n[ \"$1\" = - ] && shift\nprintf '%s\\0' \"$@\" >{keep}/said\n");
        Write("bin/message", message);
        return Write("pro'gram/altsendme", $"#!/bin/sh\nprintf '%s\\0' \"$@\" >{keep}/arguments\n[ \"$2\" = --dialog ] && printf '%s %s %s' \"$(cat \"$3\")\" \"$(ls -l \"$3\" | cut -c1-10)\" \"$(ls -ld \"$(dirname \"$3\")\" | cut -c1-10)\" >{keep}/ticket\ncat {keep}/bin/message >&2\nexit {exitCode}\n");
    }

    private string Write(string name, string text)
    {
        var path = _folder.Write(name, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private string[] Given(string name) => File.Exists(Path.Combine(_folder.Path, name)) ? File.ReadAllText(Path.Combine(_folder.Path, name)).Split('\0')[..^1] : [];

    private async Task<(int ExitCode, string Error)> RunAsync(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{Path.Combine(_folder.Path, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
