using AltSendme.EndToEnd.Tests;

namespace AltSendme.Wine.Tests;

/// <summary>Explorer's part as far as Wine shows it: the program for Windows installs itself, and its verbs do what they say.</summary>
public sealed class ExplorerTests(WineFixture wine) : IClassFixture<WineFixture>, IAsyncLifetime
{
    private const string Classes = @"HKCU\Software\Classes";

    public Task InitializeAsync() => Task.CompletedTask;

    [WineFact]
    public async Task Install_writes_what_the_golden_file_says_and_remove_leaves_no_key()
    {
        await wine.DoAsync("altsendme.exe", "integrate", "remove", "explorer");
        var before = await wine.ExportAsync(Classes);
        Assert.Contains("not installed", await wine.DoAsync("altsendme.exe", "integrate", "status", "explorer"), StringComparison.Ordinal);

        await wine.DoAsync("altsendme.exe", "integrate", "install", "explorer");
        var installed = await wine.ExportAsync(Classes);
        await wine.DoAsync("altsendme.exe", "integrate", "install", "explorer");
        Assert.Equal(installed, await wine.ExportAsync(Classes));

        var golden = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "user.reg"));
        Assert.Equal(RegistryText.Values(golden), RegistryText.Values(installed).Except(RegistryText.Values(before)));
        Assert.True(HasShortcut);
        Assert.DoesNotContain("not installed", await wine.DoAsync("altsendme.exe", "integrate", "status", "explorer"), StringComparison.Ordinal);

        await wine.DoAsync("altsendme.exe", "integrate", "remove", "explorer");
        Assert.Equal(RegistryText.Keys(before), RegistryText.Keys(await wine.ExportAsync(Classes)));
        Assert.False(HasShortcut);
    }

    [WineFact]
    public async Task The_verb_of_a_file_puts_a_ticket_on_the_clipboard_that_another_machine_receives_with()
    {
        var file = Write("a b & 'c'/ünï ☃ 文件.txt", "what was chosen");
        await InstallAsync();

        Assert.Equal("0", await wine.DoAsync("driver.exe", "verb", "*", "AltSendme.Send", wine.PathOf(file)));

        await ReceiveAsync("in-file");
        Assert.Equal("what was chosen", await File.ReadAllTextAsync(Path.Combine(wine.Files, "in-file", Path.GetFileName(file))));
    }

    [WineFact]
    public async Task The_verb_of_a_folder_shares_all_of_it()
    {
        var file = Write("a folder/below/one.txt", "one");
        await InstallAsync();

        Assert.Equal("0", await wine.DoAsync("driver.exe", "verb", "Directory", "AltSendme.Send", wine.PathOf(Path.Combine(wine.Files, "a folder"))));

        await ReceiveAsync("in-folder");
        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(wine.Files, "in-folder", "a folder", "below", Path.GetFileName(file))));
    }

    [WineFact]
    public async Task Several_files_are_one_share_and_a_busy_clipboard_is_asked_again()
    {
        string[] files = [Write("several/one.txt", "one"), Write("several/" + string.Join('/', Enumerable.Repeat(new string('x', 100), 3)) + "/long.txt", "long")];
        var holder = wine.DoAsync("driver.exe", "hold", "3000");

        await wine.DoAsync("altsendme-explorer.exe", ["send", .. files.Select(wine.PathOf)]);

        await holder;
        await ReceiveAsync("in-several");
        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(wine.Files, "in-several", "one.txt")));
        Assert.Equal("long", await File.ReadAllTextAsync(Path.Combine(wine.Files, "in-several", "long.txt")));
    }

    [WineFact]
    public async Task The_class_behind_the_verbs_is_started_by_com()
    {
        await InstallAsync();

        Assert.Equal("activated", await wine.DoAsync("driver.exe", "activate", "b5fbbd02-d4b1-475e-9f2f-ff97e964dd75"));
    }

    [WineFact]
    public async Task For_everybody_it_installs_the_templates_of_group_policy_too()
    {
        await wine.DoAsync("altsendme.exe", "integrate", "remove", "explorer", "--system");
        var before = await wine.ExportAsync(@"HKLM\Software\Classes");
        var templates = Path.Combine(wine.DriveC, "windows", "PolicyDefinitions");

        await wine.DoAsync("altsendme.exe", "integrate", "install", "explorer", "--system");
        Assert.True(File.Exists(Path.Combine(templates, "AltSendme.admx")));
        Assert.True(File.Exists(Path.Combine(templates, "en-US", "AltSendme.adml")));
        Assert.Contains("AltSendme.Send", await wine.ExportAsync(@"HKLM\Software\Classes"), StringComparison.Ordinal);

        await wine.DoAsync("altsendme.exe", "integrate", "remove", "explorer", "--system");
        Assert.False(File.Exists(Path.Combine(templates, "AltSendme.admx")));
        Assert.False(File.Exists(Path.Combine(templates, "en-US", "AltSendme.adml")));
        Assert.Equal(RegistryText.Keys(before), RegistryText.Keys(await wine.ExportAsync(@"HKLM\Software\Classes")));
    }

    public async Task DisposeAsync()
    {
        if (WineFactAttribute.IsPossible)
            await wine.RunAsync("altsendme.exe", "service", "stop");
    }

    // By its whole path: in Wine's users are links to this system's folders.
    private bool HasShortcut => File.Exists(Path.Combine(wine.DriveC, "users", Environment.UserName, "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/AltSendme.lnk"));

    // Wine 8 looks for classes in the machine's registry alone; what a user's says is tested by its text.
    private Task<string> InstallAsync() => wine.DoAsync("altsendme.exe", "integrate", "install", "explorer", "--system");

    private string Write(string name, string content)
    {
        var path = Path.Combine(wine.Files, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    // The program of this system, with the ticket that Wine's clipboard holds.
    private async Task ReceiveAsync(string folder)
    {
        var ticket = await wine.DoAsync("driver.exe", "paste");
        Assert.StartsWith("blob", ticket, StringComparison.Ordinal);
        var (exitCode, _, error) = await ProgramRun.RunAsync(wine.Files, "receive", ticket, "-o", folder, "--yes");
        Assert.True(exitCode == 0, error);
    }
}
