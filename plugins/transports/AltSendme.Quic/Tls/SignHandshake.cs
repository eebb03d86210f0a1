namespace AltSendme.Quic.Tls;

/// <summary>
/// Signs with this end's Ed25519 identity; the secret key stays with its owner. <paramref name="signature"/> is 64 bytes and is always filled.
/// An exception that it throws leaves the handshake through <see cref="Crypto.ICryptoSession.TryReceive"/>: it is the caller's own fault, not the peer's.
/// </summary>
public delegate void SignHandshake(ReadOnlySpan<byte> toSign, Span<byte> signature);
