namespace AltSendme.Quic.Qlog;

/// <summary>The forms of qlog. Both are JSON text sequences; they differ in their header and in names.</summary>
public enum QlogFormat
{
    /// <summary>The current draft (draft-ietf-quic-qlog-main-schema and -quic-events).</summary>
    Current,

    /// <summary>Version 0.3 (the drafts numbered 02), the newest that qvis draws.</summary>
    Version03,
}
