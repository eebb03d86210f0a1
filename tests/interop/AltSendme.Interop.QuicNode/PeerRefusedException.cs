namespace AltSendme.Interop.QuicNode;

/// <summary>The iroh endpoint could not do what it was asked for.</summary>
internal sealed class PeerRefusedException(string reason) : Exception(reason);
