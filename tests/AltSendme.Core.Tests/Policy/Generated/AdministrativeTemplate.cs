using System.Globalization;
using System.Text;
using System.Xml.Linq;
using AltSendme.Core.Policy;
using AltSendme.Core.Policy.Sources;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Tests.Policy.Generated;

/// <summary>The policy's keys as an administrative template for Windows: definitions (ADMX) and their English texts (ADML). What group policy writes by them, <see cref="RegistryPolicy"/> reads.</summary>
internal static class AdministrativeTemplate
{
    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions";

    public static string Definitions() => Text(new XElement(
        Namespace + "policyDefinitions",
        new XAttribute("revision", "1.0"),
        new XAttribute("schemaVersion", "1.0"),
        E("policyNamespaces", E("target", A("prefix", "altsendme"), A("namespace", "AltSendme.Policies"))),
        E("resources", A("minRequiredRevision", "1.0")),
        E("supportedOn", E("definitions", E("definition", A("name", "Any"), A("displayName", "$(string.Any)")))),
        E("categories", [E("category", A("name", "AltSendme"), A("displayName", "$(string.AltSendme)")), .. Sections().Select(static section =>
            E("category", A("name", section), A("displayName", $"$(string.Section_{section})"), E("parentCategory", A("ref", "AltSendme"))))]),
        E("policies", [.. PolicyKeys.All.Select(Policy)])));

    public static string Texts() => Text(new XElement(
        Namespace + "policyDefinitionResources",
        new XAttribute("revision", "1.0"),
        new XAttribute("schemaVersion", "1.0"),
        E("displayName", "AltSendme"),
        E("description", "Policy of AltSendme"),
        E("resources",
            E("stringTable", [S("Any", "AltSendme"), S("AltSendme", "AltSendme"), .. Sections().Select(static section => S($"Section_{section}", section)), .. PolicyKeys.All.SelectMany(Strings)]),
            E("presentationTable", [.. PolicyKeys.All.Where(static key => key.Schema.Type != SettingType.Flag).Select(Presentation)]))));

    private static IEnumerable<string> Sections() => PolicyKeys.All.Select(static key => key.Schema.Parts[0]).Distinct();

    private static string Id(PolicyKey key) => key.Path.Replace(':', '_');

    private static XElement Policy(PolicyKey key)
    {
        var parts = key.Schema.Parts;
        var name = parts[^1];
        var folder = string.Join('\\', [RegistryPolicy.KeyPath, .. parts.Take(parts.Count - 1)]);
        var policy = E("policy", A("name", Id(key)), A("class", "Machine"), A("displayName", $"$(string.{Id(key)})"), A("explainText", $"$(string.{Id(key)}_Help)"), A("key", folder));
        var after = new object[] { E("parentCategory", A("ref", parts[0])), E("supportedOn", A("ref", "Any")) };
        if (key.Schema.Type == SettingType.Flag)
        {
            policy.Add(A("valueName", name), after, E("enabledValue", E("decimal", A("value", "1"))), E("disabledValue", E("decimal", A("value", "0"))));
            return policy;
        }

        policy.Add(A("presentation", $"$(presentation.{Id(key)})"), after, E("elements", Element(key, folder, name)));
        return policy;
    }

    private static XElement Element(PolicyKey key, string folder, string name) => key.Schema.Type switch
    {
        SettingType.Number when key.Schema.Maximum <= uint.MaxValue => E("decimal", A("id", "Value"), A("valueName", name), A("minValue", Number(key.Schema.Minimum)), A("maxValue", Number(key.Schema.Maximum))),
        SettingType.Number => E("longDecimal", A("id", "Value"), A("valueName", name), A("minValue", Number(key.Schema.Minimum)), A("maxValue", Number(key.Schema.Maximum))),
        SettingType.Choice => E("enum", [A("id", "Value"), A("valueName", name), A("required", "true"), .. key.Schema.Choices.Select(choice => E("item", A("displayName", $"$(string.{Id(key)}_{choice})"), E("value", E("string", choice))))]),
        SettingType.List => E("list", A("id", "Value"), A("key", $@"{folder}\{name}"), A("valuePrefix", "")),
        SettingType.Map => E("list", A("id", "Value"), A("key", $@"{folder}\{name}"), A("explicitValue", "true")),
        _ => E("text", A("id", "Value"), A("valueName", name), A("required", "true")),
    };

    private static IEnumerable<XElement> Strings(PolicyKey key)
    {
        var parts = key.Schema.Parts;
        yield return S(Id(key), key.Locks is null ? $"{parts[0]}: {parts[^1]}" : $"Lock the setting {key.Locks.Path}");
        yield return S($"{Id(key)}_Help", $"{key.Path}: {Plain(key.Schema.Description)}. The value must be {key.Schema.Form}.");
        foreach (var choice in key.Schema.Type == SettingType.Choice ? key.Schema.Choices : [])
            yield return S($"{Id(key)}_{choice}", choice);
    }

    private static XElement Presentation(PolicyKey key) => E("presentation", A("id", Id(key)), key.Schema.Type switch
    {
        SettingType.Number when key.Schema.Maximum <= uint.MaxValue => E("decimalTextBox", A("refId", "Value"), key.Path),
        SettingType.Number => E("longDecimalTextBox", A("refId", "Value"), key.Path),
        SettingType.Choice => E("dropdownList", A("refId", "Value"), key.Path),
        SettingType.List or SettingType.Map => E("listBox", A("refId", "Value"), key.Path),
        _ => E("textBox", A("refId", "Value"), E("label", key.Path)),
    });

    // Markdown means nothing to an editor of group policy.
    private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\[([^\]]*)\]\([^)]*\)", "$1").Replace("`", "", StringComparison.Ordinal);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static XElement E(string name, params object[] content) => new(Namespace + name, content);

    private static XAttribute A(string name, string value) => new(name, value);

    private static XElement S(string id, string text) => E("string", A("id", id), text);

    private static string Text(XElement root)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        return text.Append(root.ToString().ReplaceLineEndings("\n")).Append('\n').ToString();
    }
}
