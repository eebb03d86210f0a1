using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;
using AltSendme.Core.Settings.Documents;

namespace AltSendme.Core.Policy.Sources;

/// <summary>Reads Apple's property lists, as XML or binary. Takes any bytes: it never throws for them.</summary>
internal static class PropertyList
{
    internal const int MaxDepth = 16;

    /// <summary>Reads a list, which is one dictionary.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ConfigNode? root, out ConfigFault fault)
    {
        root = null;
        fault = default;
        if (bytes.Length > JsonConfig.MaxBytes)
            fault = new ConfigFault("", $"it is larger than {JsonConfig.MaxBytes / 1024} KiB");
        else if (BinaryPropertyList.IsBinary(bytes))
            root = new BinaryPropertyList(bytes).Read(out fault);
        else
            root = ReadXml(bytes, out fault);
        if (root is not null && root.Kind != ConfigKind.Object)
        {
            fault = new ConfigFault("", "it must be one dictionary");
            root = null;
        }

        return root is not null;
    }

    private static ConfigNode? ReadXml(ReadOnlySpan<byte> bytes, out ConfigFault fault)
    {
        fault = default;
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true };
        using var stream = new MemoryStream(bytes.ToArray());
        try
        {
            using var reader = XmlReader.Create(stream, settings);
            reader.MoveToContent();
            reader.ReadStartElement("plist");
            return ReadValue(reader, MaxDepth);
        }
        catch (XmlException exception)
        {
            fault = new ConfigFault(string.Create(CultureInfo.InvariantCulture, $", line {exception.LineNumber}, column {exception.LinePosition}"), $"it is no property list: {exception.Message.TrimEnd('.')}");
            return null;
        }
    }

    private static ConfigNode ReadValue(XmlReader reader, int depth)
    {
        var position = reader is IXmlLineInfo line ? (line.LineNumber, line.LinePosition) : default;
        if (depth == 0 || reader.NodeType != XmlNodeType.Element)
            throw Fault(reader, depth == 0 ? "it is nested too deeply" : "a value is missing");
        var name = reader.LocalName;
        var node = name switch
        {
            "dict" => ReadDictionary(reader, depth),
            "array" => ReadArray(reader, depth),
            "true" or "false" => Skip(reader, new ConfigNode(ConfigKind.Flag, name)),
            "string" => new ConfigNode(ConfigKind.Text, reader.ReadElementContentAsString()),
            "integer" => new ConfigNode(ConfigKind.Number, reader.ReadElementContentAsString()),
            _ => Skip(reader, new ConfigNode(ConfigKind.Null)),
        };
        return node with { Position = position };
    }

    private static ConfigNode ReadDictionary(XmlReader reader, int depth)
    {
        var members = new List<KeyValuePair<string, ConfigNode>>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var isEmpty = reader.IsEmptyElement;
        reader.ReadStartElement();
        while (!isEmpty && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "key")
                throw Fault(reader, "a key is missing");
            var name = reader.ReadElementContentAsString();
            if (!names.Add(name))
                throw Fault(reader, $"{name} stands there twice");
            members.Add(KeyValuePair.Create(name, ReadValue(reader, depth - 1)));
        }

        if (!isEmpty)
            reader.ReadEndElement();
        return new ConfigNode(ConfigKind.Object) { Members = members };
    }

    private static ConfigNode ReadArray(XmlReader reader, int depth)
    {
        var items = new List<ConfigNode>();
        var isEmpty = reader.IsEmptyElement;
        reader.ReadStartElement();
        while (!isEmpty && reader.NodeType != XmlNodeType.EndElement)
            items.Add(ReadValue(reader, depth - 1));
        if (!isEmpty)
            reader.ReadEndElement();
        return new ConfigNode(ConfigKind.List) { Items = items };
    }

    private static ConfigNode Skip(XmlReader reader, ConfigNode node)
    {
        reader.Skip();
        return node;
    }

    private static XmlException Fault(XmlReader reader, string message) => reader is IXmlLineInfo line ? new XmlException(message, null, line.LineNumber, line.LinePosition) : new XmlException(message);
}
