using System.Text.Json;

namespace AltSendme.Quic.Qlog;

/// <summary>What the forms of qlog call differently; all else is the same in both. A null name stands for a member that the form does not have.</summary>
internal sealed record QlogDialect
{
    private static readonly QlogDialect Current = new()
    {
        ConnectionStarted = "quic:connection_started",
        ConnectionClosed = "quic:connection_closed",
        PathChanged = "quic:tuple_assigned",
        PacketSent = "quic:packet_sent",
        PacketReceived = "quic:packet_received",
        PacketLost = "quic:packet_lost",
        MetricsUpdated = "quic:recovery_metrics_updated",
        KeyUpdated = "quic:key_updated",
        KeyPhase = "key_phase",
        Initiator = "initiator",
        ConnectionError = "connection_error",
        ApplicationError = "application_error",
        FrameError = "error",
        ErrorNumber = "error_code",
        UnknownFrameType = "frame_type_bytes",
        HandshakeTimeout = "aborted",
    };

    private static readonly QlogDialect Version03 = new()
    {
        IsVersion03 = true,
        ConnectionStarted = "connectivity:connection_started",
        ConnectionClosed = "connectivity:connection_closed",
        PathChanged = "connectivity:path_updated",
        PacketSent = "transport:packet_sent",
        PacketReceived = "transport:packet_received",
        PacketLost = "recovery:packet_lost",
        MetricsUpdated = "recovery:metrics_updated",
        KeyUpdated = "security:key_updated",
        KeyPhase = "generation",
        Initiator = "owner",
        ConnectionError = "connection_code",
        ApplicationError = "application_code",
        FrameError = "error_code",
        UnknownFrameType = "raw_frame_type",
        HandshakeTimeout = "handshake_timeout",
        DataLength = "length",
        PaddingLength = "payload_length",
        FrameSize = "frame_size",
    };

    /// <summary>Whether header and addresses have the shape of version 0.3.</summary>
    public bool IsVersion03 { get; private init; }

    /// <summary>Event: the connection begins.</summary>
    public required string ConnectionStarted { get; init; }

    /// <summary>Event: the connection ended.</summary>
    public required string ConnectionClosed { get; init; }

    /// <summary>Event: another path is used. Version 0.3 names none, but allows further ones.</summary>
    public required string PathChanged { get; init; }

    /// <summary>Event: a packet was sent.</summary>
    public required string PacketSent { get; init; }

    /// <summary>Event: a packet was received.</summary>
    public required string PacketReceived { get; init; }

    /// <summary>Event: a packet was declared lost.</summary>
    public required string PacketLost { get; init; }

    /// <summary>Event: round trips, window or bytes in flight changed.</summary>
    public required string MetricsUpdated { get; init; }

    /// <summary>Event: a key changed.</summary>
    public required string KeyUpdated { get; init; }

    /// <summary>Member: how often the key changed.</summary>
    public required string KeyPhase { get; init; }

    /// <summary>Member: which end closed the connection.</summary>
    public required string Initiator { get; init; }

    /// <summary>Member: the transport's error that closed the connection.</summary>
    public required string ConnectionError { get; init; }

    /// <summary>Member: the application's error that closed the connection.</summary>
    public required string ApplicationError { get; init; }

    /// <summary>Member: the error that a frame bears.</summary>
    public required string FrameError { get; init; }

    /// <summary>Member: the number of an error, next to its name. Without it the number stands for an error that has no name.</summary>
    public string? ErrorNumber { get; private init; }

    /// <summary>Member: the type of a frame that is not known.</summary>
    public required string UnknownFrameType { get; init; }

    /// <summary>Value: what closed a connection whose handshake took too long.</summary>
    public required string HandshakeTimeout { get; init; }

    /// <summary>Member: bytes of data in a frame.</summary>
    public string? DataLength { get; private init; }

    /// <summary>Member: bytes of a run of padding.</summary>
    public string? PaddingLength { get; private init; }

    /// <summary>Member: bytes of a frame in all, which the current draft has under <c>raw</c>.</summary>
    public string? FrameSize { get; private init; }

    /// <summary>The names of a form.</summary>
    public static QlogDialect Of(QlogFormat format) => format == QlogFormat.Version03 ? Version03 : Current;

    /// <summary>Writes an error by its name and its number, or by the one of both that tells more where there is one member only.</summary>
    public void WriteError(Utf8JsonWriter json, string member, string name, ulong code)
    {
        if (ErrorNumber is { } number)
        {
            json.WriteString(member, name);
            json.WriteNumber(number, code);
        }
        else if (name == QlogNames.Unknown)
        {
            json.WriteNumber(member, code);
        }
        else
        {
            json.WriteString(member, name);
        }
    }
}
