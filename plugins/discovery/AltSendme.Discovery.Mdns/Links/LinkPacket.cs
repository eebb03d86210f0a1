using System.Net;

namespace AltSendme.Discovery.Mdns.Links;

/// <summary>A datagram from a link. Its sender is on that link.</summary>
/// <param name="Port">Where it came in.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Bytes">Its contents, valid only while it is handed over.</param>
internal readonly record struct LinkPacket(LinkPort Port, IPEndPoint Source, ReadOnlyMemory<byte> Bytes);
