using System.Net;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections.Dialing;

/// <summary>How one address turned out.</summary>
/// <param name="EndPoint">The address.</param>
/// <param name="Connection">The connection, when it led to the peer; whoever gets the attempt disposes it.</param>
/// <param name="Failure">Why not, otherwise.</param>
internal readonly record struct Attempt(IPEndPoint EndPoint, IConnection? Connection, Exception? Failure);
