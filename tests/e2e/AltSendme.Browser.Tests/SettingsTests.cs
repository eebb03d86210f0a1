using System.Runtime.Versioning;
using AltSendme.EndToEnd.Tests;
using AltSendme.Service.Client.Contract;
using AltSendme.TestKit;
using Microsoft.Playwright;

namespace AltSendme.Browser.Tests;

/// <summary>Settings are changed where they are shown, and what policy locks says so.</summary>
[Collection(WindowTests.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class SettingsTests(Chromium chromium) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task A_change_is_in_force_at_once_and_in_every_window()
    {
        await using var person = await Person.StartAsync(chromium, _folder.At("home"), Look.Light);
        var settings = await person.OpenAsync(WindowPage.Settings);
        var other = await person.OpenAsync(WindowPage.Settings);

        await settings.GetByLabel("Tell me").SelectOptionAsync("failures");
        await Assertions.Expect(other.GetByLabel("Tell me")).ToHaveValueAsync("failures");
        await settings.GetByLabel("If a name is taken").SelectOptionAsync("skip");
        await Assertions.Expect(other.GetByLabel("If a name is taken")).ToHaveValueAsync("skip");
        await settings.InspectAsync("settings", Look.Light);

        Assert.Equal("skip", (await person.Client.SettingsAsync(person.Limit)).Single(static setting => setting.Key == "Receive:Conflict").Value);
        Assert.Contains("\"skip\"", await File.ReadAllTextAsync(Path.Combine(person.Home, ".config", "altsendme", "settings.json")), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task A_relay_that_does_not_answer_is_said_aloud_and_what_to_do_is_the_users_choice()
    {
        await using var person = await Person.StartAsync(chromium, _folder.At("home"), Look.Light);
        var settings = await person.OpenAsync(WindowPage.Settings);

        await settings.GetByLabel("My own").CheckAsync();
        await settings.GetByLabel("Address", new PageGetByLabelOptions { Exact = true }).FillAsync("http://127.0.0.1:9/");
        await settings.Button("Test connection").ClickAsync();
        await settings.Locator(".outcome").SaysAsync("This relay can’t be used right now.");
        await settings.InspectAsync("settings-relay", Look.Light);

        await Assertions.Expect(settings.Button("Use the public relays")).ToBeVisibleAsync();
        await Assertions.Expect(settings.Button("Use no relay")).ToBeVisibleAsync();

        await settings.GetByLabel("If none of your relays answers").SelectOptionAsync("stop");
        await settings.Button("Use no relay").ClickAsync();
        var other = await person.OpenAsync(WindowPage.Settings);
        await Assertions.Expect(other.GetByLabel("If none of your relays answers")).ToHaveValueAsync("stop");
    }

    [ChromiumFact(NeedsNamespace = true)]
    public async Task What_policy_locks_can_not_be_changed_and_says_who_locked_it()
    {
        var policy = new MachinePolicy(_folder.At("home"));
        policy.Write("""{"Settings":{"Receive":{"Conflict":"skip"},"Service":{"Notifications":"off"}},"Relays":{"Mode":"disabled"},"Tickets":{"Broadcast":false}}""");
        await using var person = await Person.StartAsync(chromium, _folder.At("home"), Look.Light, [], policy.Launcher);
        var settings = await person.OpenAsync(WindowPage.Settings);

        await Assertions.Expect(settings.GetByLabel("If a name is taken")).ToBeDisabledAsync();
        await Assertions.Expect(settings.GetByLabel("If a name is taken")).ToHaveValueAsync("skip");
        await settings.Locator(".lock").First.SaysAsync("Fixed by your administrator.");
        await settings.Locator(".rules").SaysAsync("Receive:Conflict = skip");
        await settings.Locator(".rules").SaysAsync("/etc/altsendme/policy.json");
        await settings.InspectAsync("settings-locked", Look.Light);

        var share = await person.OpenAsync(WindowPage.Share);
        await share.ChooseAsync("Choose files", _folder.Write("one.txt", "one"));
        await share.GetByLabel("Several people").CheckAsync();
        await share.Locator(".card").First.Button("Share").ClickAsync();
        await share.Locator("[role=alert] .problem").SaysAsync("Your administrator doesn’t allow a share of this kind.");
    }
}
