using System.Net;
using AltSendme.Transports.Tls.Connections;

namespace AltSendme.Transports.Tls.Dialing;

/// <summary>How one address turned out.</summary>
/// <param name="EndPoint">The address.</param>
/// <param name="Connection">The connection, when it led to the peer; whoever gets the attempt disposes it.</param>
/// <param name="Failure">Why not, otherwise.</param>
internal readonly record struct Attempt(IPEndPoint EndPoint, TlsConnection? Connection, Exception? Failure);
