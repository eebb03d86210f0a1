namespace AltSendme.Transports.Iroh.Disco;

/// <summary>Kinds of discovery messages.</summary>
internal enum DiscoMessageKind : byte
{
    /// <summary>Asks for a <see cref="Pong"/>; an address that gets one through may be answered.</summary>
    Ping = 1,

    /// <summary>Answers a ping and tells the address that it came from.</summary>
    Pong = 2,

    /// <summary>Comes through a relay and asks to be pinged at the addresses that it names, so that both sides' firewalls open.</summary>
    CallMeMaybe = 3,
}
