namespace AltSendme.Relays.Broker;

/// <summary>The broker says no, or must not be asked: it is not tried again.</summary>
internal sealed class BrokerRefusedException(string message, Exception? inner = null) : Exception(message, inner);
