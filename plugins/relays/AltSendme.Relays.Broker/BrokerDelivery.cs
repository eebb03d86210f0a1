using AltSendme.Abstractions;

namespace AltSendme.Relays.Broker;

/// <summary>What a broker delivered: a message with the tag to acknowledge it by, or the id of a peer that is gone.</summary>
internal readonly record struct BrokerDelivery(BrokerSession Session, ulong Tag = 0, byte[]? Message = null, EndpointId? Gone = null);
