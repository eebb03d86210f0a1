using System.CommandLine;
using System.Text.Json;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Policy;
using AltSendme.Core.Policy.Sources;
using AltSendme.Core.Settings;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme config</c>: looks at the settings, and changes the user's file.</summary>
internal static class ConfigCommand
{
    private static readonly Argument<string> Key = new("key") { Description = "Such as Listen:Port; upper or lower case does not matter." };

    private static readonly Argument<string[]> Values = new("value") { Description = "The value; of a list, all items; of a map, name=value.", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var get = new Command("get", "Print the value of a setting that holds.") { Key };
        get.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => Task.FromResult(Get(result.GetValue(Key)!))));
        var set = new Command("set", "Put a value into your settings file. Comments in it stay.") { Key, Values };
        set.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => Task.FromResult(Set(result.GetValue(Key)!, result.GetValue(Values)!))));
        var list = new Command("list", "List all settings: their values, and who set them.") { CommonOptions.Json };
        list.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => Task.FromResult(List(result.GetValue(CommonOptions.Json)))));
        var path = new Command("path", "Print where settings, state and policy are kept.");
        path.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => Task.FromResult(Paths())));
        return new Command("config", "Look at the settings, or change yours.") { get, set, list, path };
    }

    private static EffectivePolicy Policy() => PolicyLoader.Load(PolicySources.Default());

    private static int Get(string path)
    {
        var loaded = SettingsLoader.Load(SettingsFiles.Default(), Policy());
        if (loaded.Free.TryGetValue(path, out var free))
        {
            Console.WriteLine(SafeText.Of(free.Text));
            return ExitCodes.Done;
        }

        var key = UserSettings.Find(path);
        Console.WriteLine(SafeText.Of(loaded.All.First(setting => setting.Key == key).Value.Text(key)));
        return ExitCodes.Done;
    }

    private static int Set(string path, string[] values)
    {
        var files = SettingsFiles.Default();
        new UserSettings(files, new PolicyDecisionPoint(Policy())).Set(path, values);

        // What was written may not be what holds.
        var effective = SettingsLoader.Load(files, Policy()).All.FirstOrDefault(setting => setting.Key.Path.Equals(path, StringComparison.OrdinalIgnoreCase));
        if (effective is not null && effective.Source != files.User)
            Console.Error.WriteLine($"Written, but {SafeText.Of(effective.Source)} wins while it sets {effective.Key.Path} to {SafeText.Of(effective.Value.Text(effective.Key))}.");
        return ExitCodes.Done;
    }

    private static int List(bool json)
    {
        var loaded = SettingsLoader.Load(SettingsFiles.Default(), Policy());
        if (json)
        {
            JsonTable.Write(writer =>
            {
                foreach (var setting in loaded.All)
                    Write(writer, setting.Key.Path, setting.Value.Text(setting.Key), setting.Source, setting.IsLocked);
                foreach (var (path, value) in loaded.Free)
                    Write(writer, path, Shown(path, value.Text), value.Source, false);
            });
            return ExitCodes.Done;
        }

        foreach (var setting in loaded.All)
            Console.WriteLine(Row(setting));
        foreach (var (path, value) in loaded.Free)
            Console.WriteLine($"{SafeText.Of(path)} = {SafeText.Of(Shown(path, value.Text))}  ({SafeText.Of(value.Source)})");
        return ExitCodes.Done;
    }

    private static string Shown(string path, string text) => SettingKeys.IsSecret(path) ? "(not shown)" : text;

    private static string Row(EffectiveSetting setting) => $"{setting.Key.Path} = {SafeText.Of(setting.Value.Text(setting.Key))}  ({(setting.IsLocked ? "locked by policy: " : "")}{SafeText.Of(setting.Source)})";

    private static void Write(Utf8JsonWriter writer, string key, string value, string source, bool isLocked)
    {
        writer.WriteStartObject();
        writer.WriteString("key", key);
        writer.WriteString("value", value);
        writer.WriteString("source", source);
        writer.WriteBoolean("locked", isLocked);
        writer.WriteEndObject();
    }

    private static int Paths()
    {
        var files = SettingsFiles.Default();
        Console.WriteLine($"user     {files.User}");
        Console.WriteLine($"machine  {files.Machine}");
        Console.WriteLine($"state    {files.StateFolder}");
        foreach (var source in PolicySources.Default())
            Console.WriteLine($"policy   {source.Location}");
        return ExitCodes.Done;
    }
}
