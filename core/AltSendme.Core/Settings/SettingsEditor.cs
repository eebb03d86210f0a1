using System.Globalization;
using System.Text;
using System.Text.Json;
using AltSendme.Core.Settings.Documents;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Settings;

/// <summary>Puts a value into the text of a settings file. Everything else in it, comments too, stays as it was.</summary>
internal static class SettingsEditor
{
    private const string Indent = "  ";

    /// <summary>The text with the value set.</summary>
    /// <param name="content">The file as it is; empty for a new one.</param>
    /// <param name="path">Sections and name.</param>
    /// <param name="json">The value as JSON.</param>
    /// <exception cref="SettingsException">The file is not JSON, or a section is no object.</exception>
    public static byte[] Set(ReadOnlySpan<byte> content, IReadOnlyList<string> path, string json)
    {
        var text = content.IsEmpty ? "{\n}\n"u8 : content;
        if (!JsonConfig.TryRead(text, out var node, out var fault))
            throw new SettingsException($"The settings file can't be changed{fault.Where}: {fault.Message}.");
        if (node.Bytes.Start.IsFromEnd)
            return Set("{\n}\n"u8, path, json);
        for (var depth = 0; ; depth++)
        {
            if (node.Kind != ConfigKind.Object)
                throw new SettingsException($"The settings file can't be changed{node.Where}: {string.Join(':', path.Take(depth))} is not an object.");
            if (node.Find(path[depth]) is not { } member)
                return Insert(text, node, path.Skip(depth).ToArray(), json, depth + 1);
            if (depth == path.Count - 1)
                return Splice(text, member.Bytes, json);
            node = member;
        }
    }

    /// <summary>A value as JSON.</summary>
    public static string ToJson(SettingKey key, SettingValue value) => key.Type switch
    {
        SettingType.Flag or SettingType.Number => value.Scalar!,
        SettingType.List => $"[{string.Join(", ", value.Items.Select(Quote))}]",
        SettingType.Map => $"{{ {string.Join(", ", value.Entries.Select(static entry => $"{Quote(entry.Key)}: {(bool.TryParse(entry.Value, out _) ? entry.Value : Quote(entry.Value))}"))} }}",
        SettingType.Relays => $"[{string.Join(", ", value.Entries.Select(static relay => relay.Value.Length == 0 ? $"{{ \"Url\": {Quote(relay.Key)} }}" : $"{{ \"Url\": {Quote(relay.Key)}, \"Token\": {Quote(relay.Value)} }}"))}]",
        _ => Quote(value.Scalar!),
    };

    /// <summary>A text as JSON.</summary>
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    // A new member comes first, where no comma and no comment after the last one can be in the way.
    private static byte[] Insert(ReadOnlySpan<byte> text, ConfigNode parent, string[] path, string json, int depth)
    {
        var member = new StringBuilder("\n");
        for (var i = 0; i < path.Length; i++)
            member.Append(Repeat(depth + i)).Append(Quote(path[i])).Append(": ").Append(i == path.Length - 1 ? json : "{\n");
        for (var i = path.Length - 2; i >= 0; i--)
            member.Append('\n').Append(Repeat(depth + i)).Append('}');
        if (parent.Members.Count > 0)
            member.Append(',');
        else if (!text[(parent.Bytes.Start.Value + 1)..(parent.Bytes.End.Value - 1)].Contains((byte)'\n'))
            member.Append('\n').Append(Repeat(depth - 1));
        var at = parent.Bytes.Start.Value + 1;
        return Splice(text, at..at, member.ToString());
    }

    private static byte[] Splice(ReadOnlySpan<byte> text, Range range, string value) => [.. text[..range.Start], .. Encoding.UTF8.GetBytes(value), .. text[range.End..]];

    private static string Repeat(int times) => string.Create(CultureInfo.InvariantCulture, $"{string.Concat(Enumerable.Repeat(Indent, times))}");
}
