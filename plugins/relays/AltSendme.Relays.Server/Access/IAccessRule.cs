using AltSendme.Abstractions;

namespace AltSendme.Relays.Server.Access;

/// <summary>Decides who may use the relay. Asked once for each connection, after the endpoint has proved its id.</summary>
internal interface IAccessRule
{
    /// <summary>Whether this endpoint may.</summary>
    /// <param name="endpoint">Who, proved.</param>
    /// <param name="token">What the client showed; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    ValueTask<bool> AdmitsAsync(EndpointId endpoint, string? token, CancellationToken cancellationToken);
}
