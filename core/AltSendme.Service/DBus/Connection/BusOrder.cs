namespace AltSendme.Service.DBus.Connection;

/// <summary>Something for the connection's own thread to send.</summary>
/// <param name="Message">What.</param>
/// <param name="Answer">Who waits for the answer to a call.</param>
internal readonly record struct BusOrder(BusMessage Message, TaskCompletionSource<BusMessage>? Answer);
