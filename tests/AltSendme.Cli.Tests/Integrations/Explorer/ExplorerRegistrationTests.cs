using System.Text.Json;
using AltSendme.Cli.Integrations.Explorer;

namespace AltSendme.Cli.Tests.Integrations.Explorer;

/// <summary>What Explorer finds in the registry: the whole of it is tests/vectors/explorer/user.reg, which the real registry of Wine is compared with too.</summary>
public sealed class ExplorerRegistrationTests
{
    private const string Folder = @"C:\Program Files\AltSendme\";
    private const string OtherProgram = "\"C:\\Other\\other.exe\" \"%1\"";

    private readonly MemoryHive _hive = new();

    [Fact]
    public void Installing_writes_what_the_golden_file_says()
    {
        Make().Install(startsService: false);

        Assert.Equal(Golden(), _hive.Export("HKEY_CURRENT_USER"));
        Assert.True(Make().IsCurrent);
    }

    [Fact]
    public void Installing_twice_is_installing_once()
    {
        Make().Install(startsService: true);
        var once = _hive.Export("");

        Make().Install(startsService: null);

        Assert.Equal(once, _hive.Export(""));
    }

    [Fact]
    public void Removing_leaves_no_key()
    {
        Make().Install(startsService: true);

        Make().Remove();

        Assert.Equal("[\\Software\\Classes]\n\n[\\" + ExplorerEntries.Startup + "]\n\n", _hive.Export(""));
        Assert.False(Make().IsPresent);
        Make().Remove();
    }

    [Fact]
    public void What_others_wrote_is_there_afterwards_as_it_was()
    {
        _hive.Write(@"Software\Classes\*\shell\Other\command", "", OtherProgram);
        _hive.Write(@"Software\Classes\Directory\Background\shell", "", "Other");
        _hive.Write(@"Software\Classes\.altsendme", "", "Other.Ticket");
        _hive.Write(@"Software\Classes\.altsendme\OpenWithProgids", "Other.Ticket", "");
        _hive.Write(@"Software\Classes\altsendme\shell\open\command", "", OtherProgram);
        _hive.Write(ExplorerEntries.Startup, "AltSendme.Service", OtherProgram);
        var before = _hive.Export("");

        Make().Install(startsService: null);
        Assert.Equal("Other.Ticket", _hive.Read(@"Software\Classes\.altsendme", ""));
        Assert.Equal("", _hive.Read(@"Software\Classes\.altsendme\OpenWithProgids", "AltSendme.Ticket"));
        Assert.Equal(OtherProgram, _hive.Read(@"Software\Classes\altsendme\shell\open\command", ""));
        Assert.True(Make().IsSchemeTaken);
        Assert.True(Make().IsCurrent);
        Make().Remove();

        Assert.Equal(before, _hive.Export(""));
    }

    [Fact]
    public void An_installation_elsewhere_is_not_current_and_is_replaced()
    {
        new ExplorerRegistration(_hive, new ExplorerEntries(@"D:\old", static name => name)).Install(startsService: true);
        _hive.Write(@"Software\Classes\*\shell\AltSendme.Send\old", "", "of an older version");
        Assert.True(Make().IsPresent);
        Assert.False(Make().IsCurrent);

        Make().Install(startsService: null);

        Assert.True(Make().IsCurrent);
        Assert.DoesNotContain("old", _hive.Export(""), StringComparison.Ordinal);
        Assert.True(Make().StartsService);
    }

    [Fact]
    public void The_service_is_started_at_login_only_when_asked_for()
    {
        Make().Install(startsService: null);
        Assert.False(Make().StartsService);

        Make().Install(startsService: true);
        Assert.Equal($"\"{Folder}altsendme-explorer.exe\" start", _hive.Read(ExplorerEntries.Startup, ExplorerEntries.StartupName));

        Make().Install(startsService: false);
        Assert.False(Make().StartsService);
    }

    [Fact]
    public void One_program_is_started_for_any_number_of_files()
    {
        Make().Install(startsService: null);

        foreach (var type in new[] { "*", "Directory" })
        {
            var verb = $@"Software\Classes\{type}\shell\AltSendme.Send";
            Assert.Equal("Player", _hive.Read(verb, "MultiSelectModel"));
            var classId = _hive.Read(verb + @"\command", "DelegateExecute");
            Assert.Equal($"\"{Folder}altsendme-explorer.exe\"", _hive.Read($@"Software\Classes\CLSID\{classId}\LocalServer32", ""));
        }
    }

    private string Golden()
    {
        var file = Path.Combine(Repository.Root, "tests", "vectors", "explorer", "user.reg");
        if (Environment.GetEnvironmentVariable("ALTSENDME_APPROVE_REGISTRY") == "1")
            File.WriteAllText(file, _hive.Export("HKEY_CURRENT_USER"));
        return File.ReadAllText(file).ReplaceLineEndings("\n");
    }

    private ExplorerRegistration Make()
    {
        using var labels = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "integrations", "labels.json")));
        var english = labels.RootElement.EnumerateObject().ToDictionary(static label => label.Name, static label => label.Value.GetProperty("en").GetString()!);
        return new ExplorerRegistration(_hive, new ExplorerEntries(Folder, name => english[name]));
    }
}
