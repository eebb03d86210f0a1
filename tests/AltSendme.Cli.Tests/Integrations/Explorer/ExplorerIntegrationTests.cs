using AltSendme.Cli.Integrations;
using AltSendme.Cli.Integrations.Explorer;
using AltSendme.TestKit;

namespace AltSendme.Cli.Tests.Integrations.Explorer;

public sealed class ExplorerIntegrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryHive _user = new();
    private readonly MemoryHive _machine = new();
    private int _announced;

    [Fact]
    public async Task For_a_person_it_needs_the_persons_registry_and_start_menu_alone()
    {
        var integration = Make();
        Assert.Equal(IntegrationState.NotInstalled, (await integration.StatusAsync(Target(IntegrationScope.User), default)).State);

        var installed = await integration.InstallAsync(Target(IntegrationScope.User), default);

        Assert.Equal(IntegrationState.Installed, installed.State);
        Assert.Contains(@"HKCU\Software\Classes\*\shell\AltSendme.Send", installed.Places);
        Assert.Contains("receive", File.ReadAllText(Path.Combine(_folder.Path, "user", "AltSendme.lnk")), StringComparison.Ordinal);
        Assert.Equal("", _machine.Export(""));
        Assert.Equal(1, _announced);
    }

    [Fact]
    public async Task For_everybody_the_templates_of_group_policy_come_too_and_all_of_it_goes_again()
    {
        var integration = Make();

        Assert.Equal(IntegrationState.Installed, (await integration.InstallAsync(Target(IntegrationScope.System), default)).State);
        Assert.Equal("templates", File.ReadAllText(Path.Combine(_folder.Path, "policies", "AltSendme.admx")));
        Assert.Equal("words", File.ReadAllText(Path.Combine(_folder.Path, "policies", "en-US", "AltSendme.adml")));

        var removed = await integration.RemoveAsync(Target(IntegrationScope.System), default);
        Assert.Equal(IntegrationState.NotInstalled, removed.State);
        Assert.Empty(removed.Places);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.Path, "policies"), "*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.Path, "everybody"), "*"));
    }

    [Fact]
    public async Task What_is_missing_makes_it_outdated_until_it_is_installed_again()
    {
        var integration = Make();
        await integration.InstallAsync(Target(IntegrationScope.User), default);

        File.Delete(Path.Combine(_folder.Path, "user", "AltSendme.lnk"));

        Assert.Equal(IntegrationState.Outdated, (await integration.StatusAsync(Target(IntegrationScope.User), default)).State);
        Assert.Equal(IntegrationState.Installed, (await integration.InstallAsync(Target(IntegrationScope.User), default)).State);
    }

    [Fact]
    public async Task Without_the_rights_it_says_what_to_do()
    {
        var integration = new ExplorerIntegration((_, _) => new ExplorerDesktop(_machine, _folder.Path, null, static (_, _) => throw new UnauthorizedAccessException("Access is denied."), static () => { }));

        var fault = await Assert.ThrowsAsync<IntegrationException>(async () => await integration.InstallAsync(Target(IntegrationScope.System), default));

        Assert.Equal(IntegrationCodes.Unwritable, fault.Code);
        Assert.Contains("as administrator", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheme_that_another_program_has_is_left_to_it_and_that_is_said()
    {
        _user.Write(@"Software\Classes\altsendme\shell\open\command", "", "\"C:\\Other\\other.exe\" \"%1\"");

        var status = await Make().InstallAsync(Target(IntegrationScope.User), default);

        Assert.Equal(IntegrationState.Installed, status.State);
        Assert.Contains("another program", status.Note, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static IntegrationTarget Target(IntegrationScope scope) => new() { Scope = scope, Program = "/program/altsendme.exe", ServiceProgram = "/program/altsendme-service.exe", DataFolder = "/data" };

    private ExplorerIntegration Make()
    {
        _folder.Write("admx/AltSendme.admx", "templates");
        _folder.Write("admx/en-US/AltSendme.adml", "words");
        return new ExplorerIntegration((_, forEverybody) => new ExplorerDesktop(
            forEverybody ? _machine : _user,
            Directory.CreateDirectory(Path.Combine(_folder.Path, forEverybody ? "everybody" : "user")).FullName,
            forEverybody ? new PolicyTemplates(Path.Combine(_folder.Path, "admx"), Path.Combine(_folder.Path, "policies")) : null,
            static (path, shortcut) => File.WriteAllText(path, $"{shortcut.Program} {shortcut.Arguments}"),
            () => _announced++));
    }
}
