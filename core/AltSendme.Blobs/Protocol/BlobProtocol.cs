namespace AltSendme.Blobs.Protocol;

/// <summary>Names and numbers of the blob protocol (iroh-blobs, protocol.rs). README.md in this folder explains it.</summary>
public static class BlobProtocol
{
    /// <summary>The protocol's name on a connection (ALPN).</summary>
    public const string Alpn = "/iroh-bytes/4";

    /// <summary>Bytes of a request at most.</summary>
    public const int MaxRequestSize = 1024 * 1024;

    /// <summary>A stream is reset with this code when what it asks for is not allowed.</summary>
    public const ulong PermissionError = 1;

    /// <summary>A stream is reset with this code when it asks for more than the provider grants.</summary>
    public const ulong LimitError = 2;

    /// <summary>A stream is reset with this code when the provider can't go on.</summary>
    public const ulong InternalError = 3;
}
