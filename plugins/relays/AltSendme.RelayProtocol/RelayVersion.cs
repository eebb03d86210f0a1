namespace AltSendme.RelayProtocol;

/// <summary>Version of the relay protocol; later ones have higher values. The two sides agree by the WebSocket's sub-protocol.</summary>
public enum RelayVersion
{
    /// <summary>A relay tells of trouble by a text (<see cref="FrameType.Health"/>).</summary>
    V1 = 1,

    /// <summary>A relay tells of trouble by a number (<see cref="FrameType.Status"/>).</summary>
    V2 = 2,
}
