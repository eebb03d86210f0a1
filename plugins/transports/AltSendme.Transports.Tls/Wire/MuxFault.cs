namespace AltSendme.Transports.Tls.Wire;

/// <summary>How a peer broke the rules of the multiplexer; the connection ends with it.</summary>
/// <param name="Code">The rule.</param>
/// <param name="Words">What happened, for logs on both sides; fixed text, never the peer's.</param>
internal readonly record struct MuxFault(MuxFaultCode Code, string Words);
