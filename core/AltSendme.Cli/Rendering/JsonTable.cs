using System.Text.Json;

namespace AltSendme.Cli.Rendering;

/// <summary>Answers that are a list of objects.</summary>
internal static class JsonTable
{
    /// <summary>Writes the list to standard output.</summary>
    public static void Write(Action<Utf8JsonWriter> rows)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        rows(writer);
        writer.WriteEndArray();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }
}
