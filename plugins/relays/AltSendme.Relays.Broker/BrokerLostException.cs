namespace AltSendme.Relays.Broker;

/// <summary>The broker can't be reached now, or not any more: it is tried again.</summary>
internal sealed class BrokerLostException(string message, Exception? inner = null) : Exception(message, inner);
