namespace AltSendme.Quic.Crypto;

/// <summary>Which end of a connection this is.</summary>
internal enum Side : byte
{
    /// <summary>The end that sent the first Initial.</summary>
    Client,

    /// <summary>The end that answers.</summary>
    Server,
}
