using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Tests.Policy.Generated;

/// <summary>The table of keys in a document: what stands between its heading and the next empty line.</summary>
internal static class KeyTable
{
    private const string Heading = "| key | default | range | meaning |\n| --- | --- | --- | --- |\n";

    public static string Replace(string document, IReadOnlyList<SettingKey> keys)
    {
        var start = document.IndexOf(Heading, StringComparison.Ordinal);
        Assert.True(start >= 0, "The document has no table of keys.");
        start += Heading.Length;
        var end = document.IndexOf("\n\n", start - 1, StringComparison.Ordinal) + 1;
        return document[..start] + string.Concat(keys.Select(Row)) + document[end..];
    }

    private static string Row(SettingKey key) => $"| `{key.Path}` | {key.DefaultNote ?? $"`{key.Default}`"} | {Range(key)} | {key.Description} |\n";

    private static string Range(SettingKey key) => key.Type switch
    {
        SettingType.Flag => "`true`, `false`",
        SettingType.Choice => string.Join(", ", key.Choices.Select(static choice => $"`{choice}`")),
        SettingType.Duration => $"`{SettingKey.Duration(key.Minimum)}` to `{SettingKey.Duration(key.Maximum)}`",
        SettingType.Relays => "a list of `Url` and, where the relay asks for one, `Token`",
        _ => key.Form.Replace("|", "\\|", StringComparison.Ordinal),
    };
}
