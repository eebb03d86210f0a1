using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Tests.Policy.Generated;

/// <summary>A catalogue of keys as JSON schema (draft 2020-12), for editors.</summary>
internal static class JsonSchemaText
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string title, IReadOnlyList<SettingKey> keys, bool hasFreeSection)
    {
        var root = Section(keys.Select(static key => (key.Parts, key)).ToArray());
        var head = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (name, value) in root.ToArray())
        {
            root.Remove(name);
            head[name] = value;
        }

        var members = head["properties"]!.AsObject();
        members.Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        if (hasFreeSection)
            members[SettingKeys.FreeSection] = new JsonObject { ["type"] = "object", ["description"] = "Settings of plugins, by plugin id." };
        return head.ToJsonString(Options).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Section((IReadOnlyList<string> Parts, SettingKey Key)[] keys)
    {
        var properties = new JsonObject();
        foreach (var group in keys.GroupBy(static key => key.Parts[0]))
        {
            var inner = group.ToArray();
            properties[group.Key] = inner[0].Parts.Count == 1 ? Value(inner[0].Key) : Section([.. inner.Select(static key => ((IReadOnlyList<string>)[.. key.Parts.Skip(1)], key.Key))]);
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject Value(SettingKey key)
    {
        var value = new JsonObject { ["description"] = key.Description };
        switch (key.Type)
        {
            case SettingType.Flag:
                value["type"] = "boolean";
                break;
            case SettingType.Number:
                value["type"] = "integer";
                value["minimum"] = key.Minimum;
                if (key.Maximum < long.MaxValue)
                    value["maximum"] = key.Maximum;
                break;
            case SettingType.Choice:
                value["enum"] = new JsonArray([.. key.Choices.Select(static choice => (JsonNode)choice)]);
                break;
            case SettingType.List:
                value["type"] = "array";
                value["items"] = key.Choices.Count > 0 ? new JsonObject { ["enum"] = new JsonArray([.. key.Choices.Select(static choice => (JsonNode)choice)]) } : new JsonObject { ["type"] = "string" };
                break;
            case SettingType.Map:
                value["type"] = "object";
                value["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "boolean") };
                break;
            case SettingType.Relays:
                value["type"] = "array";
                value["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("Url"),
                    ["additionalProperties"] = false,
                    ["properties"] = new JsonObject { ["Url"] = new JsonObject { ["type"] = "string", ["format"] = "uri" }, ["Token"] = new JsonObject { ["type"] = "string" } },
                };
                break;
            default:
                value["type"] = "string";
                if (key.Type == SettingType.Duration)
                    value["pattern"] = "^([0-9]+\\.)?[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,7})?)?$";
                break;
        }

        if (key.Default.Length > 0)
            value["default"] = key.Type switch { SettingType.Flag => bool.Parse(key.Default), SettingType.Number => long.Parse(key.Default, System.Globalization.CultureInfo.InvariantCulture), _ => key.Default };
        return value;
    }
}
