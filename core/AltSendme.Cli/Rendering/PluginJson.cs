using System.Text.Json;
using AltSendme.Cli.Commands;
using AltSendme.Core.Plugins;

namespace AltSendme.Cli.Rendering;

/// <summary>Plugins as JSON; docs/cli.md lists the members.</summary>
internal static class PluginJson
{
    /// <summary>Writes to standard output, with a line break at the end.</summary>
    public static void Print(Action<Utf8JsonWriter> body)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        body(writer);
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    public static void List(Utf8JsonWriter writer, IReadOnlyList<PluginFolder> folders)
    {
        writer.WriteStartArray();
        foreach (var folder in folders)
        {
            writer.WriteStartObject();
            Common(writer, folder);
            Text(writer, "skipped", folder.SkippedBecause);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Info(Utf8JsonWriter writer, PluginFindings findings)
    {
        writer.WriteStartObject();
        Common(writer, findings.Folder);
        if (findings.Folder.Manifest is { } manifest)
        {
            writer.WriteString("assembly", manifest.Assembly);
            writer.WriteString("typeName", manifest.Type);
            writer.WriteString("description", manifest.Description);
            writer.WriteString("license", manifest.License);
            writer.WriteString("signature", findings.Signature);
            Text(writer, "signer", findings.Evidence?.Signer?.Text);
            Text(writer, "hash", findings.Evidence?.Hash);
            writer.WriteString("policy", findings.IsAllowed ? "allowed" : "denied");
        }

        Text(writer, "skipped", findings.Fault ?? findings.Folder.SkippedBecause);
        writer.WriteEndObject();
    }

    public static void Verified(Utf8JsonWriter writer, IReadOnlyList<PluginFindings> all)
    {
        writer.WriteStartArray();
        foreach (var findings in all)
        {
            writer.WriteStartObject();
            Common(writer, findings.Folder);
            writer.WriteBoolean("ok", findings.Fault is null);
            Text(writer, "hashes", findings.Hashes);
            writer.WriteString("signature", findings.Signature);
            Text(writer, "signer", findings.Evidence?.Signer?.Text);
            if (findings.Loads)
                writer.WriteBoolean("started", findings.Fault is null);
            Text(writer, "fault", findings.Fault);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Common(Utf8JsonWriter writer, PluginFolder folder)
    {
        writer.WriteString("folder", folder.Path);
        writer.WriteString("origin", Lower(folder.Origin));
        if (folder.Manifest is not { } manifest)
            return;
        writer.WriteString("id", manifest.Id);
        writer.WriteString("kind", Lower(manifest.Kind));
        writer.WriteString("version", manifest.Version);
        writer.WriteString("contractVersion", manifest.ContractVersion.ToString());
        writer.WriteStartArray("schemes");
        foreach (var scheme in manifest.Schemes)
            writer.WriteStringValue(scheme);
        writer.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
