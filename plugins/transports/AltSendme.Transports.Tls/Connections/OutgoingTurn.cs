namespace AltSendme.Transports.Tls.Connections;

/// <summary>What a stream put into the batch in its turn.</summary>
/// <param name="DataLength">Bytes of stream data.</param>
/// <param name="Written">Bytes of frames.</param>
/// <param name="HasMore">Whether more data waits.</param>
/// <param name="Finished">Whether the end was written.</param>
internal readonly record struct OutgoingTurn(int DataLength, int Written, bool HasMore, bool Finished);
