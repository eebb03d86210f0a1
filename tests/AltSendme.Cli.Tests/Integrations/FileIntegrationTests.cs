using AltSendme.Cli.Integrations;
using AltSendme.Cli.Integrations.Files;
using AltSendme.Cli.Integrations.Linux;
using AltSendme.TestKit;

namespace AltSendme.Cli.Tests.Integrations;

public sealed class FileIntegrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => ["nautilus", "nemo", "caja", "dolphin", "thunar"];

    private IntegrationTarget Target => new() { Scope = IntegrationScope.User, Program = "/opt/alt send/altsendme", ServiceProgram = "/opt/alt send/altsendme-service", DataFolder = Path.Combine(_folder.Path, "share") };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_was_installed_can_be_installed_again_and_is_gone_after_removal(string name)
    {
        Directory.CreateDirectory(_folder.Path);
        var integration = Of(name);

        var installed = await integration.InstallAsync(Target, default);
        var before = Snapshot();
        var again = await integration.InstallAsync(Target, default);

        Assert.Equal((IntegrationState.Installed, IntegrationState.Installed), (installed.State, again.State));
        Assert.Equal(before, Snapshot());
        Assert.Equal(installed.Places.Order(), before.Keys.Where(static path => !path.EndsWith("integrations.json", StringComparison.Ordinal)).Order());
        Assert.Equal(IntegrationState.NotInstalled, (await integration.RemoveAsync(Target, default)).State);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Equal(IntegrationState.NotInstalled, (await integration.RemoveAsync(Target, default)).State);
    }

    [Fact]
    public async Task Folders_and_files_that_were_there_before_stay()
    {
        var empty = Directory.CreateDirectory(Path.Combine(Target.DataFolder, "nautilus-python", "extensions")).FullName;
        var other = _folder.Write("share/nemo/actions/mine.nemo_action", "[Nemo Action]");

        foreach (var name in Names)
            await Of(name).InstallAsync(Target, default);
        foreach (var name in Names)
            await Of(name).RemoveAsync(Target, default);

        Assert.True(Directory.Exists(empty));
        Assert.Equal([other], Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_that_is_not_ours_is_left_alone_and_named()
    {
        var theirs = _folder.Write("share/nemo/actions/altsendme-receive.nemo_action", "[Nemo Action]\nName=Mine\n");

        var fault = await Assert.ThrowsAsync<IntegrationException>(() => Of("nemo").InstallAsync(Target, default).AsTask());
        var status = await Of("nemo").RemoveAsync(Target, default);

        Assert.Equal("integration.foreign", fault.Code);
        Assert.Contains(theirs, fault.Message, StringComparison.Ordinal);
        Assert.Equal(IntegrationState.Blocked, status.State);
        Assert.Equal([theirs], Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
        Assert.Equal("[Nemo Action]\nName=Mine\n", await File.ReadAllTextAsync(theirs));
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link()
    {
        var elsewhere = _folder.Write("elsewhere.py", "# " + OwnedFile.Mark);
        Directory.CreateDirectory(Path.Combine(Target.DataFolder, "nautilus-python", "extensions"));
        File.CreateSymbolicLink(Path.Combine(Target.DataFolder, "nautilus-python/extensions/altsendme-nautilus.py"), elsewhere);

        var fault = await Assert.ThrowsAsync<IntegrationException>(() => Of("nautilus").InstallAsync(Target, default).AsTask());

        Assert.Equal("integration.foreign", fault.Code);
        Assert.Equal("# " + OwnedFile.Mark, await File.ReadAllTextAsync(elsewhere));
    }

    [Fact]
    public async Task What_another_version_installed_is_renewed()
    {
        var integration = Of("dolphin");
        await integration.InstallAsync(Target with { Program = "/old/altsendme" }, default);

        Assert.Equal(IntegrationState.Outdated, (await integration.StatusAsync(Target, default)).State);
        Assert.Equal(IntegrationState.Installed, (await integration.InstallAsync(Target, default)).State);
        Assert.DoesNotContain(Snapshot().Values, static text => text.Contains("/old/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_two_share_stays_until_both_are_removed()
    {
        var icon = SharedFiles.Icon(Target).Path;
        await Of("nemo").InstallAsync(Target, default);
        await Of("thunar").InstallAsync(Target, default);

        await Of("nemo").RemoveAsync(Target, default);
        Assert.True(File.Exists(icon));
        Assert.Equal(IntegrationState.Installed, (await Of("thunar").StatusAsync(Target, default)).State);

        await Of("thunar").RemoveAsync(Target, default);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_place_that_can_not_be_written_to_is_named()
    {
        _folder.Write("share", "a file where a folder is needed");

        var fault = await Assert.ThrowsAsync<IntegrationException>(() => Of("thunar").InstallAsync(Target, default).AsTask());

        Assert.Equal("integration.unwritable", fault.Code);
        Assert.Contains(Target.DataFolder, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_gets_the_files_alone()
    {
        var target = IntegrationTarget.Package(_folder.Path);

        foreach (var name in Names)
            await Of(name).InstallAsync(target, default);

        Assert.DoesNotContain(Snapshot().Keys, static path => path.EndsWith("integrations.json", StringComparison.Ordinal));
        Assert.All(Snapshot(), file => Assert.DoesNotContain(_folder.Path, file.Value, StringComparison.Ordinal));
        Assert.Contains("\"/usr/bin/altsendme\" send", Snapshot()[Path.Combine(_folder.Path, "usr/share/Thunar/sendto/altsendme.desktop")], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_for_everybody_is_not_installed_a_second_time()
    {
        var everybodys = _folder.Write("usr/share/nautilus-python/extensions/altsendme-nautilus.py", "# " + OwnedFile.Mark);
        var target = Target with { EverybodysFolders = [Path.Combine(_folder.Path, "usr/share")] };

        var status = await Of("nautilus").InstallAsync(target, default);

        Assert.Equal(IntegrationState.NotInstalled, status.State);
        Assert.Contains(everybodys, status.Note, StringComparison.Ordinal);
        Assert.False(Directory.Exists(target.DataFolder));
    }

    [Fact]
    public async Task The_session_bus_starts_the_service_of_this_installation()
    {
        await Of("nautilus").InstallAsync(Target, default);

        var lines = (await File.ReadAllLinesAsync(Path.Combine(Target.DataFolder, "dbus-1/services/org.altsendme.AltSendme1.service"))).ToHashSet();
        Assert.Contains("Name=org.altsendme.AltSendme1", lines);
        Assert.Contains("Exec='/opt/alt send/altsendme-service' --dbus", lines);
    }

    public void Dispose() => _folder.Dispose();

    private static IShellIntegration Of(string name) => IntegrationCatalog.Named(name);

    private SortedDictionary<string, string> Snapshot() => new(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).ToDictionary(static path => path, File.ReadAllText), StringComparer.Ordinal);
}
