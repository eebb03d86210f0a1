using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AltSendme.Cli.Rendering;

/// <summary>One JSON answer on standard output.</summary>
internal static class JsonOutput
{
    public static void Write<T>(T value, JsonTypeInfo<T> type)
    {
        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, value, type);
        output.WriteByte((byte)'\n');
    }
}
