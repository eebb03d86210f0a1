namespace AltSendme.Service.DBus.Connection;

/// <summary>The bus is gone, or somebody on it answered with an error.</summary>
/// <param name="name">The error's name on the bus.</param>
/// <param name="message">Its words.</param>
internal sealed class BusException(string name, string message) : Exception(message)
{
    /// <summary>The error's name on the bus.</summary>
    public string Name => name;

    /// <summary>The connection has ended.</summary>
    public static BusException Lost(string reason) => new(BusErrors.Disconnected, reason);
}
