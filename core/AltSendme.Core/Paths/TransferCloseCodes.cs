using AltSendme.Abstractions;

namespace AltSendme.Core.Paths;

/// <summary>
/// Why a connection of the blob protocol is closed. Codes 0 to 3 are iroh's; those from 16 on are ours, and a peer that does not know them sees an ordinary close
/// (docs/protocol/transfer.md).
/// </summary>
internal static class TransferCloseCodes
{
    /// <summary>The receiver is done with the connection, and says nothing about its result; what iroh's tools send.</summary>
    public static readonly CloseCode Done = new(0);

    /// <summary>The sender ends (iroh: provider terminating).</summary>
    public static readonly CloseCode Terminating = new(1);

    /// <summary>A request could not be answered, because its content is gone or has changed (iroh: internal error).</summary>
    public static readonly CloseCode Internal = new(3);

    /// <summary>The receiver has verified all content of the share.</summary>
    public static readonly CloseCode Verified = new(16);

    /// <summary>The share was for one receiver, and somebody else has it.</summary>
    public static readonly CloseCode ShareOver = new(17);

    /// <summary>The receiver stopped before it had everything: the person said no or pressed Ctrl-C.</summary>
    public static readonly CloseCode Stopped = new(18);

    /// <summary>The sender has no room for this connection at the moment; the receiver may dial again.</summary>
    public static readonly CloseCode Busy = new(19);
}
