using System.CommandLine;
using System.Text.Json;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Plugins;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme plugins list</c>: what was found where, and why something is skipped. Loads no plugin.</summary>
internal static class PluginsCommand
{
    public static Command Create()
    {
        var list = new Command("list", "List the plugins that were found, and say why any is skipped.") { CommonOptions.Json };
        list.SetAction(static (result, _) => CommandRun.GuardAsync(result, null, "", () => Task.FromResult(List(result.GetValue(CommonOptions.Json)))));
        return new Command("plugins", "Look at the installed plugins.") { list };
    }

    private static int List(bool json)
    {
        var folders = PluginSearch.Find(PluginSearch.DefaultRoots(AppContext.BaseDirectory));
        if (json)
        {
            WriteJson(folders);
            return ExitCodes.Done;
        }

        foreach (var folder in folders)
        {
            if (folder.Manifest is { } manifest)
                Console.WriteLine($"{manifest.Id} {manifest.Version}  {Lower(manifest.Kind)}{(manifest.Schemes.Count > 0 ? $" ({string.Join(", ", manifest.Schemes)})" : "")}, {Origin(folder.Origin)}{(manifest.Description.Length > 0 ? $": {SafeText.Of(manifest.Description)}" : "")}");
            else
                Console.WriteLine($"{SafeText.Of(folder.Path)}  {Origin(folder.Origin)}");
            if (folder.Fault is { } fault)
                Console.WriteLine($"  skipped: {SafeText.Of(fault)}");
        }

        if (folders.Count == 0)
            Console.WriteLine("No plugin was found. A complete installation has at least altsendme.tls beside the program.");
        return ExitCodes.Done;
    }

    private static void WriteJson(IReadOnlyList<PluginFolder> folders)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach (var folder in folders)
        {
            writer.WriteStartObject();
            writer.WriteString("folder", folder.Path);
            writer.WriteString("origin", Lower(folder.Origin));
            if (folder.Manifest is { } manifest)
            {
                writer.WriteString("id", manifest.Id);
                writer.WriteString("kind", Lower(manifest.Kind));
                writer.WriteString("version", manifest.Version);
                writer.WriteString("contractVersion", manifest.ContractVersion.ToString());
                writer.WriteStartArray("schemes");
                foreach (var scheme in manifest.Schemes)
                    writer.WriteStringValue(scheme);
                writer.WriteEndArray();
            }

            if (folder.Fault is { } fault)
                writer.WriteString("skipped", fault);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    private static string Origin(PluginOrigin origin) => origin switch
    {
        PluginOrigin.BuiltIn => "built in",
        PluginOrigin.Machine => "installed for everybody",
        _ => "installed by you",
    };

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
