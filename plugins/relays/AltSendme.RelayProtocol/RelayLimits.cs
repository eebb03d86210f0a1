namespace AltSendme.RelayProtocol;

/// <summary>Sizes of iroh's relay protocol, in bytes.</summary>
public static class RelayLimits
{
    /// <summary>Most that may follow a frame's type.</summary>
    public const int MaxPayload = 64 * 1024;

    /// <summary>Longest frame that this side writes or reads: the type, in any of its spellings, and the payload. The protocol's own bound for a message, 1 MiB, is never reached by a valid frame.</summary>
    public const int MaxFrame = 8 + MaxPayload;

    /// <summary>Bytes of an endpoint id.</summary>
    public const int EndpointId = 32;

    /// <summary>What stands before the contents of a batch: type, id, congestion mark, segment size.</summary>
    public const int MaxDatagramHeader = 1 + EndpointId + 1 + 2;

    /// <summary>Most contents that one frame takes, single or batch.</summary>
    public const int MaxContents = MaxPayload - EndpointId - 1 - 2;

    /// <summary>Longest reason of a refusal or problem that is read, in bytes of UTF-8.</summary>
    public const int MaxReason = 1024;
}
