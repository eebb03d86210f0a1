namespace AltSendme.Blobs.Protocol.Requests;

/// <summary>What a request asks for: its first byte. Numbers 2 to 7 are reserved.</summary>
public enum RequestKind
{
    /// <summary>A blob, or a hash sequence and its children.</summary>
    Get = 0,

    /// <summary>Which parts of a blob the provider has.</summary>
    Observe = 1,

    /// <summary>The provider shall take a blob. Refused here: this provider only reads.</summary>
    Push = 8,

    /// <summary>Several blobs that need not have anything to do with each other.</summary>
    GetMany = 9,
}
