using System.CommandLine;
using AltSendme.Abstractions;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Policy;
using AltSendme.Core.Policy.Sources;
using AltSendme.Core.Settings;
using AltSendme.Core.Settings.Documents;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme policy</c>: what administrators allow, and whether a policy file can be used.</summary>
internal static class PolicyCommand
{
    private static readonly Argument<string> FilePath = new("file") { Description = "A policy file." };

    public static Command Create()
    {
        var show = new Command("show", "Print every value that holds, settings and restrictions, and where it comes from.") { CommonOptions.Json };
        show.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => Task.FromResult(Show(result.GetValue(CommonOptions.Json)))));
        var check = new Command("check", "Say whether a file can be used as policy, and what is wrong with it.") { FilePath };
        check.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => Task.FromResult(Check(result.GetValue(FilePath)!))));
        return new Command("policy", "Look at what administrators allow on this machine.") { show, check };
    }

    private static int Show(bool json)
    {
        var policy = PolicyLoader.Load(PolicySources.Default());
        var rows = Restrictions(policy).Concat(Settings(policy));
        if (json)
            JsonTable.Write(writer =>
            {
                foreach (var row in rows)
                {
                    writer.WriteStartObject();
                    writer.WriteString("kind", row.Kind);
                    writer.WriteString("key", row.Key);
                    writer.WriteString("value", row.Value);
                    writer.WriteString("source", row.Source);
                    writer.WriteBoolean("locked", row.IsLocked);
                    writer.WriteEndObject();
                }
            });
        else
            foreach (var row in rows)
                Console.WriteLine($"{(row.Kind == "setting" ? "setting" : "policy ")} {row.Key} = {SafeText.Of(row.Value)}  ({(row.IsLocked && row.Kind == "setting" ? "locked by policy: " : "")}{SafeText.Of(row.Source)})");

        // Shown as far as it goes; whoever looks must still learn that nothing works.
        return policy.Fault is { } fault ? throw fault : ExitCodes.Done;
    }

    private static IEnumerable<Row> Restrictions(EffectivePolicy policy)
    {
        foreach (var key in PolicyKeys.Restrictions)
        {
            var entries = policy.Entries.Where(entry => entry.Key == key).ToArray();
            if (entries.Length == 0)
                yield return new Row("policy", key.Path, key.Schema.DefaultNote ?? key.Schema.Default, "built-in", false);
            foreach (var entry in entries)
                yield return new Row("policy", key.Path, entry.Value.Text(key.Schema), entry.Source, true);
        }
    }

    private static IEnumerable<Row> Settings(EffectivePolicy policy)
    {
        try
        {
            return SettingsLoader.Load(SettingsFiles.Default(), policy).All.Select(static setting => new Row("setting", setting.Key.Path, setting.Value.Text(setting.Key), setting.Source, setting.IsLocked));
        }
        catch (SettingsException) when (policy.Fault is not null)
        {
            // The policy's fault is what is asked for, and comes first.
            return [];
        }
    }

    private static int Check(string path)
    {
        byte[] content;
        try
        {
            content = BoundedFile.Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PolicyException(PolicyCodes.Invalid, $"{path} can't be read: {exception.Message}", exception);
        }

        var faults = PolicyLoader.Check(path, content);
        foreach (var fault in faults)
            Console.WriteLine(SafeText.Of(fault));
        if (faults.Count > 0)
            throw new PolicyException(PolicyCodes.Invalid, $"{path} can't be used as policy: {faults.Count} {(faults.Count == 1 ? "fault" : "faults")}.");
        Console.WriteLine($"{SafeText.Of(path)} can be used as policy.");
        return ExitCodes.Done;
    }

    private sealed record Row(string Kind, string Key, string Value, string Source, bool IsLocked);
}
