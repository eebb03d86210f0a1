namespace AltSendme.Quic.Streams;

/// <summary>What a read gave.</summary>
internal enum StreamReadStatus : byte
{
    /// <summary>Bytes; more may follow.</summary>
    Data,

    /// <summary>Nothing now; an event tells when there is.</summary>
    Blocked,

    /// <summary>The stream ended and everything was read.</summary>
    Finished,

    /// <summary>The peer reset the stream.</summary>
    Reset,

    /// <summary>There is no such stream to read from, or it was given up here.</summary>
    Closed,
}

/// <summary>Outcome of a read.</summary>
/// <param name="Status">What happened.</param>
/// <param name="Count">Bytes read, for <see cref="StreamReadStatus.Data"/>.</param>
/// <param name="ErrorCode">The peer's code, for <see cref="StreamReadStatus.Reset"/>.</param>
internal readonly record struct StreamReadResult(StreamReadStatus Status, int Count = 0, ulong ErrorCode = 0);
