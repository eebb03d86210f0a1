namespace AltSendme.Quic.ConnectionIds;

/// <summary>What an endpoint must know about a connection's ids to route datagrams to it.</summary>
internal enum RoutingChangeKind : byte
{
    /// <summary>Datagrams to this id are for the connection.</summary>
    IdIssued,

    /// <summary>They no longer are.</summary>
    IdRetired,

    /// <summary>Datagrams that end in this token reset the connection.</summary>
    ResetTokenAdded,

    /// <summary>They no longer do.</summary>
    ResetTokenRemoved,
}

/// <summary>One change.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="Id">The id, for the first two kinds.</param>
/// <param name="Token">The token, for the last two.</param>
internal readonly record struct RoutingChange(RoutingChangeKind Kind, ConnectionId Id, StatelessResetToken Token = default);
