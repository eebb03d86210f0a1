using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AltSendme.Core.Settings.Documents;

/// <summary>Reads JSON with comments and commas after the last member, as settings and policy files are written. Takes any bytes: it never throws for them.</summary>
internal static class JsonConfig
{
    /// <summary>Largest document; a thousand relays fit.</summary>
    public const int MaxBytes = 1 << 20;

    private const int MaxDepth = 16;
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth };

    /// <summary>Reads a document, which is one object. One without any text counts as an empty object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ConfigNode? root, out ConfigFault fault)
    {
        root = null;
        fault = default;
        if (bytes.Length > MaxBytes)
        {
            fault = new ConfigFault("", $"it is larger than {MaxBytes / 1024} KiB");
            return false;
        }

        var start = bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var text = bytes[start..];
        if (!Utf8.IsValid(text))
        {
            fault = new ConfigFault(Where(bytes, start + FirstInvalid(text)), "it is not valid UTF-8");
            return false;
        }

        if (text.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            root = new ConfigNode(ConfigKind.Object) { Bytes = ^0..^0 };
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(text, Options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                fault = new ConfigFault(Where(bytes, start + (int)reader.TokenStartIndex), "it must be one JSON object: { ... }");
                return false;
            }

            root = ReadValue(ref reader, new Positions(bytes, start), out fault);
            if (root is null)
                return false;
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException exception)
        {
            fault = new ConfigFault(string.Create(CultureInfo.InvariantCulture, $", line {(exception.LineNumber ?? 0) + 1}, column {(exception.BytePositionInLine ?? 0) + 1}"), $"it is not JSON: {Plain(exception)}");
            root = null;
            return false;
        }
    }

    private static ConfigNode? ReadValue(ref Utf8JsonReader reader, Positions positions, out ConfigFault fault)
    {
        fault = default;
        var from = (int)reader.TokenStartIndex;
        var position = positions.Of(from);
        var node = reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, positions, out fault),
            JsonTokenType.StartArray => ReadList(ref reader, positions, out fault),
            JsonTokenType.String => TryGetText(ref reader, out var text) ? new ConfigNode(ConfigKind.Text, text) : null,
            JsonTokenType.Number => new ConfigNode(ConfigKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => new ConfigNode(ConfigKind.Flag, "true"),
            JsonTokenType.False => new ConfigNode(ConfigKind.Flag, "false"),
            _ => new ConfigNode(ConfigKind.Null),
        };
        if (node is null && fault.Message is null)
            fault = new ConfigFault(Where(position), "a text has half of a surrogate pair");
        return node is null ? null : node with { Position = position, Bytes = (positions.Start + from)..(positions.Start + (int)reader.BytesConsumed) };
    }

    private static ConfigNode? ReadObject(ref Utf8JsonReader reader, Positions positions, out ConfigFault fault)
    {
        fault = default;
        var members = new List<KeyValuePair<string, ConfigNode>>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var position = positions.Of((int)reader.TokenStartIndex);
            if (!TryGetText(ref reader, out var name))
            {
                fault = new ConfigFault(Where(position), "a name has half of a surrogate pair");
                return null;
            }

            if (!names.Add(name))
            {
                fault = new ConfigFault(Where(position), $"{name} stands there twice");
                return null;
            }

            reader.Read();
            if (ReadValue(ref reader, positions, out fault) is not { } value)
                return null;
            members.Add(KeyValuePair.Create(name, value));
        }

        return new ConfigNode(ConfigKind.Object) { Members = members };
    }

    private static ConfigNode? ReadList(ref Utf8JsonReader reader, Positions positions, out ConfigFault fault)
    {
        fault = default;
        var items = new List<ConfigNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadValue(ref reader, positions, out fault) is not { } item)
                return null;
            items.Add(item);
        }

        return new ConfigNode(ConfigKind.List) { Items = items };
    }

    // An escape for half of a surrogate pair is JSON, and no text.
    private static bool TryGetText(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = reader.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }

    private static string Plain(JsonException exception)
    {
        var end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? exception.Message : exception.Message[..end]).TrimEnd('.');
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    private static string Where(ReadOnlySpan<byte> bytes, int at) => Where(new Positions(bytes, 0).Of(at));

    private static string Where((int Line, int Column) position) => string.Create(CultureInfo.InvariantCulture, $", line {position.Line}, column {position.Column}");

    /// <summary>Lines and columns of places, which are asked for in order.</summary>
    private sealed class Positions
    {
        private readonly List<int> _lines = [0];

        public Positions(ReadOnlySpan<byte> bytes, int start)
        {
            Start = start;
            for (var i = start; i < bytes.Length; i++)
            {
                if (bytes[i] == '\n')
                    _lines.Add(i - start + 1);
            }
        }

        public int Start { get; }

        public (int Line, int Column) Of(int at)
        {
            var found = _lines.BinarySearch(at);
            var line = found >= 0 ? found : ~found - 1;
            return (line + 1, at - _lines[line] + 1);
        }
    }
}
