namespace AltSendme.Transports.Tls.Wire;

/// <summary>Which end of a connection this is; it decides the numbers of the streams that it opens.</summary>
internal enum Side
{
    /// <summary>The end that connected; its streams are even.</summary>
    Dialer,

    /// <summary>The end that accepted; its streams are odd.</summary>
    Acceptor,
}
