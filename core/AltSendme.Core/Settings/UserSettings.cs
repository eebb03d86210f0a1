using AltSendme.Abstractions;
using AltSendme.Core.Policy;
using AltSendme.Core.Settings.Documents;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Settings;

/// <summary>Changes the user's settings file: checked first, written at once or not at all, readable by this user only since it may hold tokens.</summary>
internal sealed class UserSettings(SettingsFiles files, PolicyDecisionPoint policy)
{
    /// <summary>Sets one key.</summary>
    /// <param name="path">The key, in upper or lower case; <c>Plugins:ID:…</c> takes any text.</param>
    /// <param name="values">Its value; of a list, all items; of a map, <c>name=value</c>.</param>
    /// <exception cref="SettingsException">There is no such key, the value can't be used, or the file can't be written.</exception>
    /// <exception cref="PolicyException">Policy locks the setting.</exception>
    public void Set(string path, IReadOnlyList<string> values)
    {
        if (path.StartsWith(SettingKeys.FreeSection + ':', StringComparison.OrdinalIgnoreCase) && path.Split(':') is { Length: > 2 } parts && !parts.Contains(""))
        {
            policy.JudgeTransfers().ThrowIfDenied();
            Write([(parts, values is [var text] ? SettingsEditor.Quote(text) : throw new SettingsException($"{path} takes one value."))]);
            return;
        }

        var key = Find(path);
        var value = Value(key, values);
        Set([(key, value), .. Companions(key, value)]);
    }

    /// <summary>Sets several keys, all or none: some can be used only together.</summary>
    /// <param name="changes">Each key with a value that fits it.</param>
    /// <exception cref="SettingsException">The settings would not be usable, or the file can't be written.</exception>
    /// <exception cref="PolicyException">Policy locks one of them.</exception>
    public void Set(IReadOnlyList<(SettingKey Key, SettingValue Value)> changes)
    {
        policy.JudgeTransfers().ThrowIfDenied();
        foreach (var (key, value) in changes)
            policy.JudgeSetting(key, value).ThrowIfDenied();
        Write([.. changes.Select(static change => (change.Key.Parts, SettingsEditor.ToJson(change.Key, change.Value)))]);
    }

    /// <summary>The key of a path.</summary>
    /// <exception cref="SettingsException">There is none; the message suggests one.</exception>
    public static SettingKey Find(string path)
    {
        if (SettingKeys.Find(path) is { } key)
            return key;
        var near = Spelling.Nearest(path, SettingKeys.All.Select(static known => known.Path));
        throw new SettingsException($"There is no key {path}{(near is null ? ". 'altsendme config list' shows all" : $"; did you mean {near}?")}{(near is null ? "." : "")}");
    }

    /// <summary>A value in words as the key has it.</summary>
    /// <exception cref="SettingsException">It can't be used.</exception>
    public static SettingValue Value(SettingKey key, IReadOnlyList<string> values)
    {
        var fits = key.Type switch
        {
            SettingType.List or SettingType.Relays => values.All(value => key.CanonicalItem(value) is not null),
            SettingType.Map => values.All(value => value.Split('=') is [{ Length: > 0 }, var text] && key.IsMapText?.Invoke(text) != false),
            _ => values.Count == 1 && key.Canonical(values[0]) is not null,
        };
        if (!fits)
            throw new SettingsException($"{key.Path} must be {key.Form}, not '{string.Join(' ', values)}'{(key.Type == SettingType.Map ? "; write name=value" : "")}.");
        return key.Type switch
        {
            SettingType.List or SettingType.Relays => SettingValue.OfList(values.Select(value => key.CanonicalItem(value)!)),
            SettingType.Map => SettingValue.OfEntries(values.Select(static value => KeyValuePair.Create(value.Split('=')[0], value.Split('=')[1].ToLowerInvariant()))),
            _ => SettingValue.Of(key.Canonical(values[0])!),
        };
    }

    /// <summary>What has to change with a key, because neither can be used alone: a list of relays is for the mode that uses it, and the other modes have none.</summary>
    private static (SettingKey Key, SettingValue Value)[] Companions(SettingKey key, SettingValue value)
    {
        if (key == SettingKeys.RelaysCustom && value.Entries.Count > 0)
            return [(SettingKeys.RelaysMode, SettingValue.Of("custom"))];
        return key == SettingKeys.RelaysMode && value.Scalar != "custom" ? [(SettingKeys.RelaysCustom, SettingValue.OfList([]))] : [];
    }

    private void Write(IReadOnlyList<(IReadOnlyList<string> Path, string Json)> changes)
    {
        try
        {
            var after = File.Exists(files.User) ? BoundedFile.Read(files.User) : [];
            foreach (var (path, json) in changes)
                after = SettingsEditor.Set(after, path, json);
            Check(after);
            Replace(after);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{files.User} can't be changed: {exception.Message}", exception);
        }
    }

    // Judged with all that stands beside it, as the next run will; what other files and variables have wrong is theirs.
    private void Check(byte[] content)
    {
        var faults = new List<string>();
        var layers = new[] { SettingsFile.Read(files.Machine, []), SettingsFile.Parse(content, files.User, faults) };
        if (faults.Count > 0)
            throw new SettingsException($"The settings would not be usable: {string.Join("; ", faults)}.");
        SettingsLoader.Bind(LoadedSettings.Of(layers.OfType<SettingLayer>(), policy.Policy).ToConfiguration());
    }

    private void Replace(byte[] content)
    {
        // A link, such as one into a folder that is kept under version control, stays; what it leads to is replaced.
        var target = RealPath.Of(files.User);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var next = $"{target}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File.Exists(target) ? File.GetUnixFileMode(target) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var stream = new FileStream(next, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(next, target, overwrite: true);
        }
        catch
        {
            File.Delete(next);
            throw;
        }
    }
}
