namespace AltSendme.Quic.ConnectionIds;

/// <summary>An id that the peer gave us to put into packets.</summary>
/// <param name="SequenceNumber">The peer's number for it.</param>
/// <param name="Id">The id.</param>
/// <param name="ResetToken">Its stateless reset token, when one came with it.</param>
internal readonly record struct RemoteConnectionId(ulong SequenceNumber, ConnectionId Id, StatelessResetToken? ResetToken);
