namespace AltSendme.Abstractions;

/// <summary>How a connection ended.</summary>
/// <param name="Initiator">Who ended it.</param>
/// <param name="Code">The code given; <see cref="CloseCode.None"/> when the link was lost.</param>
/// <param name="Reason">The words given, at most 1 KiB; foreign text when the peer closed, so it is escaped before anybody sees it.</param>
public sealed record ConnectionClosure(CloseInitiator Initiator, CloseCode Code, string Reason);
