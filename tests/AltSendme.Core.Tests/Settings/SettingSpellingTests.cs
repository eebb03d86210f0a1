using System.Collections;
using System.Text;
using AltSendme.Core.Policy;
using AltSendme.Core.Settings;
using AltSendme.Core.Settings.Schema;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Settings;

/// <summary>Keys that nobody knows are faults that say what may be meant, wherever they stand; a change of the user's file leaves the rest of it alone.</summary>
public sealed class SettingSpellingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SettingsFiles Files => new(Path.Combine(_folder.Path, "machine.json"), Path.Combine(_folder.Path, "user.json"), _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"Listen":{"Prot":1}}""", "there is no key Listen:Prot; did you mean Listen:Port?")]
    [InlineData("""{"Lsiten":{"Port":1}}""", "there is no key Lsiten; did you mean Listen?")]
    [InlineData("""{"Relays":{"Custom":[{"Uri":"https://r.example"}]}}""", "there is no key Relays:Custom:Uri")]
    public void In_a_file(string json, string expected)
    {
        _folder.Write("user.json", json);

        var exception = Assert.Throws<SettingsException>(() => Load(new Hashtable()));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("user.json, line 1, column", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALTSENDME_Listen__Prot", "did you mean ALTSENDME_Listen__Port?")]
    [InlineData("ALTSENDME_LISTEN_PORT", "two underscores stand between the parts of a key; did you mean ALTSENDME_Listen__Port?")]
    public void In_the_environment(string variable, string expected) =>
        Assert.Contains(expected, Assert.Throws<SettingsException>(() => Load(new Hashtable { [variable] = "1" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Variables_that_are_no_settings_are_left_alone() => Load(new Hashtable { ["ALTSENDME_SEED"] = "1", ["ALTSENDME_RELAY_Access__Mode"] = "tokens", ["ALTSENDME_Plugins__some.plugin__Key"] = "x" });

    [Fact]
    public void Lists_maps_and_relays_can_be_variables_and_take_the_place_of_the_files()
    {
        _folder.Write("user.json", """{"Listen":{"Addresses":["127.0.0.1","127.0.0.2"]}}""");

        var settings = SettingsLoader.Bind(Load(new Hashtable
        {
            ["ALTSENDME_LISTEN__ADDRESSES__0"] = "::1",
            ["ALTSENDME_Relays__Mode"] = "custom",
            ["ALTSENDME_Relays__Custom__0__Url"] = "https://r.example/",
            ["ALTSENDME_Relays__Custom__0__Token"] = "secret",
            ["ALTSENDME_Discovery__Services__mdns"] = "false",
        }).ToConfiguration());

        Assert.Equal(["::1"], settings.Listen.Addresses);
        Assert.Equal("secret", Assert.Single(settings.Relays.Custom).Token);
        Assert.False(settings.Discovery.Services["mdns"]);
    }

    [Fact]
    public void A_change_keeps_comments_and_everything_else()
    {
        _folder.Write("user.json", "{\n  // mine\n  \"Listen\": { \"Port\": 1 /* one */, },\n}\n");
        var editor = new UserSettings(Files, new PolicyDecisionPoint(EffectivePolicy.None));

        editor.Set("listen:port", ["4433"]);
        editor.Set("Send:Preview", ["FALSE"]);
        editor.Set("Listen:Addresses", ["127.0.0.1", "::1"]);

        var text = File.ReadAllText(Files.User, Encoding.UTF8);
        Assert.Contains("// mine", text, StringComparison.Ordinal);
        Assert.Contains("\"Port\": 4433 /* one */", text, StringComparison.Ordinal);
        var settings = SettingsLoader.Bind(Load(new Hashtable()).ToConfiguration());
        Assert.Equal((4433, false), (settings.Listen.Port, settings.Send.Preview));
        Assert.Equal(["127.0.0.1", "::1"], settings.Listen.Addresses);
        Assert.Equal(["user.json"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_value_that_can_not_be_used_is_not_written()
    {
        var editor = new UserSettings(Files, new PolicyDecisionPoint(EffectivePolicy.None));

        Assert.Contains("0 to 65535", Assert.Throws<SettingsException>(() => editor.Set("Listen:Port", ["70000"])).Message, StringComparison.Ordinal);
        Assert.Contains("did you mean Listen:Port?", Assert.Throws<SettingsException>(() => editor.Set("Listen:Prot", ["1"])).Message, StringComparison.Ordinal);
        Assert.Throws<SettingsException>(() => editor.Set("Relays:Mode", ["custom"]));
        Assert.False(File.Exists(Files.User));
    }

    [Fact]
    public void Settings_that_belong_together_are_written_together_or_not_at_all()
    {
        var editor = new UserSettings(Files, new PolicyDecisionPoint(EffectivePolicy.None));

        editor.Set([(SettingKeys.RelaysMode, SettingValue.Of("custom")), (SettingKeys.RelaysCustom, SettingValue.OfEntries([KeyValuePair.Create("https://relay.example/", "token")]))]);
        var before = File.ReadAllText(Files.User);
        Assert.Throws<SettingsException>(() => editor.Set([(SettingKeys.SendPreview, SettingValue.Of("false")), (SettingKeys.RelaysMode, SettingValue.Of("disabled"))]));

        Assert.Equal(before, File.ReadAllText(Files.User));
        var relay = Assert.Single(SettingsLoader.Bind(Load(new Hashtable()).ToConfiguration()).Relays.Custom);
        Assert.Equal(("https://relay.example/", "token"), (relay.Url, relay.Token));
    }

    [Fact]
    public void Relays_of_ones_own_are_one_command_and_so_is_the_way_back()
    {
        var editor = new UserSettings(Files, new PolicyDecisionPoint(EffectivePolicy.None));

        editor.Set("Relays:Custom", ["https://relay.example/", "https://other.example/"]);
        var own = SettingsLoader.Bind(Load(new Hashtable()).ToConfiguration()).Relays;
        Assert.Equal((RelayMode.Custom, 2), (own.Mode, own.Custom.Count));
        Assert.Throws<SettingsException>(() => editor.Set("Relays:Custom", []));

        editor.Set("Relays:Mode", ["disabled"]);
        var none = SettingsLoader.Bind(Load(new Hashtable()).ToConfiguration()).Relays;
        Assert.Equal((RelayMode.Disabled, 0), (none.Mode, none.Custom.Count));
    }

    [Fact]
    public void Defaults_of_the_catalogue_are_those_of_the_objects()
    {
        var defaults = LoadedSettings.Of([], EffectivePolicy.None).ToConfiguration();
        var (bound, made) = (SettingsLoader.Bind(defaults), new AltSendmeSettings());

        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(made), System.Text.Json.JsonSerializer.Serialize(bound));
        Assert.All(SettingKeys.All, static key => Assert.False(key.Description.EndsWith('.')));
    }

    private LoadedSettings Load(IDictionary environment) => SettingsLoader.Load(Files, EffectivePolicy.None, environment: environment);
}
