using System.Text.Json;
using AltSendme.Cli.Integrations;

namespace AltSendme.Cli.Rendering;

/// <summary>Integrations as JSON; docs/cli.md lists the members.</summary>
internal static class IntegrationJsonText
{
    public static void List(Utf8JsonWriter writer, IntegrationScope scope, IReadOnlyList<IntegrationStatus> all)
    {
        writer.WriteStartArray();
        foreach (var status in all)
        {
            writer.WriteStartObject();
            writer.WriteString("name", status.Name);
            writer.WriteString("title", status.Title);
            writer.WriteString("scope", scope == IntegrationScope.User ? "user" : "system");
            writer.WriteString("state", StateText(status.State));
            writer.WriteBoolean("present", status.IsPresent);
            writer.WriteStartArray("places");
            foreach (var place in status.Places)
                writer.WriteStringValue(place);
            writer.WriteEndArray();
            if (status.Note is { } note)
                writer.WriteString("note", note);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static string StateText(IntegrationState state) => state switch
    {
        IntegrationState.Installed => "installed",
        IntegrationState.Outdated => "outdated",
        IntegrationState.Blocked => "blocked",
        _ => "not-installed",
    };
}
