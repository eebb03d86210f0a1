using System.Globalization;
using System.Text.Json;
using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Qlog;

/// <summary>The first record of a log, which says what the others are.</summary>
internal static class QlogHeader
{
    /// <summary>Writes the members. <paramref name="began"/> is the time of day from which the events' times count.</summary>
    public static void Write(Utf8JsonWriter json, QlogDialect dialect, Side side, string group, DateTimeOffset began)
    {
        if (dialect.IsVersion03)
        {
            json.WriteString("qlog_version", "0.3");
            json.WriteString("qlog_format", "JSON-SEQ");
        }
        else
        {
            json.WriteString("file_schema", "urn:ietf:params:qlog:file:sequential");
            json.WriteString("serialization_format", "application/qlog+json-seq");
        }

        json.WriteStartObject("trace");
        WriteVantagePoint(json, side);
        json.WriteStartObject("common_fields");
        json.WriteString("group_id", group);
        if (dialect.IsVersion03)
            WriteVersion03Time(json, began);
        else
            WriteTime(json, began);
        json.WriteEndObject();
        if (!dialect.IsVersion03)
            WriteSchemas(json);
        json.WriteEndObject();
    }

    private static void WriteVantagePoint(Utf8JsonWriter json, Side side)
    {
        json.WriteStartObject("vantage_point");
        json.WriteString("type", side == Side.Client ? "client" : "server");
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, DateTimeOffset began)
    {
        json.WriteString("time_format", "relative_to_epoch");
        json.WriteStartObject("reference_time");
        json.WriteString("clock_type", "monotonic");
        json.WriteString("epoch", "unknown");
        json.WriteString("wall_clock_time", began.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    // Milliseconds since 1970: what lays the logs of both ends over each other.
    private static void WriteVersion03Time(Utf8JsonWriter json, DateTimeOffset began)
    {
        json.WriteStartArray("protocol_type");
        json.WriteStringValue("QUIC");
        json.WriteEndArray();
        json.WriteString("time_format", "relative");
        json.WriteNumber("reference_time", (began - DateTimeOffset.UnixEpoch).TotalMilliseconds);
    }

    private static void WriteSchemas(Utf8JsonWriter json)
    {
        json.WriteStartArray("event_schemas");
        json.WriteStringValue("urn:ietf:params:qlog:events:quic-12");
        json.WriteEndArray();
    }
}
