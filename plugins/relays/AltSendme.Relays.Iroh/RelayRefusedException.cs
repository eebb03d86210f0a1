namespace AltSendme.Relays.Iroh;

/// <summary>A relay said no, and would say so again.</summary>
internal sealed class RelayRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
