namespace AltSendme.Quic.Streams;

/// <summary>What a write did.</summary>
internal enum StreamWriteStatus : byte
{
    /// <summary>Some bytes were taken, perhaps not all.</summary>
    Accepted,

    /// <summary>None were taken; an event tells when some can be.</summary>
    Blocked,

    /// <summary>The peer does not want the stream any more (STOP_SENDING).</summary>
    Stopped,

    /// <summary>There is no such stream to write to, or it was finished or reset here.</summary>
    Closed,
}

/// <summary>Outcome of a write.</summary>
/// <param name="Status">What happened.</param>
/// <param name="Count">Bytes taken.</param>
/// <param name="ErrorCode">The peer's code, for <see cref="StreamWriteStatus.Stopped"/>.</param>
internal readonly record struct StreamWriteResult(StreamWriteStatus Status, int Count = 0, ulong ErrorCode = 0);
