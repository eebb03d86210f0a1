using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using AltSendme.Abstractions;

namespace AltSendme.Core.Previews;

/// <summary>A preview as JSON, with the member names of the AltSendme app. What is read comes from a stranger: it is bounded, and never throws.</summary>
internal static class PreviewJson
{
    /// <summary>Bytes of a name in UTF-8 at most.</summary>
    public const int MaxNameSize = 4096;

    /// <summary>Characters of a thumbnail at most; the app's pictures have 128 by 128 pixels, some ten thousand characters. A longer one is left out.</summary>
    public const int MaxThumbnailLength = 256 * 1024;

    /// <summary>Items that are listed at most; further ones are counted only.</summary>
    public const int MaxItems = 100_000;

    private const int MaxMimeTypeLength = 127;
    private const int MaxDepth = 8;

    // The longest escape of JSON, \uXXXX, stands for one byte at least.
    private const int MaxEscape = 6;

    /// <summary>Room for the end of the text once no further item is written.</summary>
    private const int Reserve = 64 * 1024;

    private static readonly SearchValues<char> MimeTypeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&-^_.+/");

    /// <summary>The preview as it is sent; items that would make it too long are left out.</summary>
    public static byte[] Write(SharePreview preview)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        WriteItem(writer, preview.Name, preview.Bytes, preview.MimeType, preview.Thumbnail);
        writer.WriteNumber("item_count", Math.Min(preview.ItemCount, uint.MaxValue));
        if (preview.Items.Count > 0)
        {
            writer.WriteStartArray("items");
            foreach (var item in preview.Items)
            {
                if (writer.BytesCommitted + writer.BytesPending > PreviewProtocol.MaxAnswerSize - Reserve)
                    break;
                writer.WriteStartObject();
                WriteItem(writer, item.Name, item.Bytes, item.MimeType, item.Thumbnail);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (preview.OtherAddresses.Count > 0)
        {
            writer.WriteStartArray("altsendme_addresses");
            foreach (var address in preview.OtherAddresses)
                writer.WriteStringValue(address.ToString());
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a preview. Members that it does not know are ignored; a thumbnail or type that is not one is left out.</summary>
    /// <param name="utf8">The text, which has at most <see cref="PreviewProtocol.MaxAnswerSize"/> bytes.</param>
    /// <param name="preview">The preview, when there is one.</param>
    /// <param name="reason">Why not, otherwise.</param>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SharePreview? preview, [NotNullWhen(false)] out string? reason)
    {
        preview = null;
        reason = null;
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                reason = "it is not a JSON object";
            else if (!TryReadObject(ref reader, isRoot: true, out var read))
                reason = "a member is missing, of the wrong kind or out of range";
            else if (reader.Read())
                reason = "something follows the object";
            else
                preview = read.ToPreview();
        }
        catch (JsonException exception)
        {
            reason = $"it is not valid JSON (byte {exception.BytePositionInLine})";
        }
        catch (InvalidOperationException)
        {
            reason = "a text in it is not valid Unicode";
        }

        return reason is null;
    }

    private static void WriteItem(Utf8JsonWriter writer, string name, long bytes, string? mimeType, string? thumbnail)
    {
        writer.WriteString("file_name", name);
        writer.WriteNumber("size", bytes);
        if (thumbnail is not null)
            writer.WriteString("thumbnail", thumbnail);
        if (mimeType is not null)
            writer.WriteString("mime_type", mimeType);
    }

    /// <summary>Reads the members of the object that the reader stands at, up to its end. An item has all of them but the count and the items.</summary>
    private static bool TryReadObject(ref Utf8JsonReader reader, bool isRoot, out Members members)
    {
        members = new Members();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("file_name"))
            {
                if (!reader.Read() || !TryReadText(ref reader, MaxNameSize, out members.Name) || members.Name is null)
                    return false;
            }
            else if (reader.ValueTextEquals("size"))
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out members.Bytes) || members.Bytes < 0)
                    return false;
                members.HasBytes = true;
            }
            else if (reader.ValueTextEquals("thumbnail"))
            {
                if (!reader.Read() || !TryReadOptional(ref reader, MaxThumbnailLength, out var text))
                    return false;
                members.Thumbnail = IsThumbnail(text) ? text : null;
            }
            else if (reader.ValueTextEquals("mime_type"))
            {
                if (!reader.Read() || !TryReadOptional(ref reader, MaxMimeTypeLength, out var text))
                    return false;
                members.MimeType = IsMimeType(text) ? text : null;
            }
            else if (isRoot && reader.ValueTextEquals("item_count"))
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetUInt32(out members.ItemCount))
                    return false;
                members.HasCount = true;
            }
            else if (isRoot && reader.ValueTextEquals("items"))
            {
                if (!reader.Read() || !TryReadItems(ref reader, out members.Items))
                    return false;
            }
            else if (isRoot && reader.ValueTextEquals("altsendme_addresses"))
            {
                if (!reader.Read() || !TryReadAddresses(ref reader, out members.Addresses))
                    return false;
            }
            else
            {
                reader.Skip();
            }
        }

        return members.Name is not null && members.HasBytes && (!isRoot || members.HasCount);
    }

    private static bool TryReadItems(ref Utf8JsonReader reader, out List<PreviewItem>? items)
    {
        items = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !TryReadObject(ref reader, isRoot: false, out var item))
                return false;
            if (items.Count < MaxItems)
                items.Add(item.ToItem());
        }

        return true;
    }

    /// <summary>Reads a list of texts; what is no address, or is one that only the ticket may name, is left out.</summary>
    private static bool TryReadAddresses(ref Utf8JsonReader reader, out List<EndpointAddress>? addresses)
    {
        addresses = null;
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        addresses = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!TryReadOptional(ref reader, EndpointAddress.MaxLength, out var text))
                return false;
            if (addresses.Count < PreviewProtocol.MaxAddresses && EndpointAddress.TryParse(text, out var address) && PreviewProtocol.IsOther(address))
                addresses.Add(address);
        }

        return true;
    }

    private static bool TryReadText(ref Utf8JsonReader reader, int maxLength, out string? text)
    {
        text = null;
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > (long)maxLength * MaxEscape)
            return false;
        text = reader.GetString();
        return text!.Length <= maxLength;
    }

    /// <summary>A text that may be absent; one that is too long counts as absent.</summary>
    private static bool TryReadOptional(ref Utf8JsonReader reader, int maxLength, out string? text)
    {
        text = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType != JsonTokenType.String)
            return false;
        text = reader.ValueSpan.Length <= maxLength ? reader.GetString() : null;
        return true;
    }

    private static bool IsThumbnail(string? text) => text is not null && text.StartsWith("data:image/", StringComparison.Ordinal) && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static bool IsMimeType(string? text) => text is not null && text.AsSpan().Count('/') == 1 && text[0] != '/' && text[^1] != '/' && !text.AsSpan().ContainsAnyExcept(MimeTypeCharacters);

    /// <summary>What has been read of one object.</summary>
    private struct Members
    {
        public string? Name;
        public long Bytes;
        public bool HasBytes;
        public uint ItemCount;
        public bool HasCount;
        public string? Thumbnail;
        public string? MimeType;
        public List<PreviewItem>? Items;
        public List<EndpointAddress>? Addresses;

        public readonly PreviewItem ToItem() => new(Name!, Bytes, MimeType, Thumbnail);

        public readonly SharePreview ToPreview() => new(Name!, ItemCount, Bytes) { MimeType = MimeType, Thumbnail = Thumbnail, Items = Items ?? [], OtherAddresses = Addresses ?? [] };
    }
}
