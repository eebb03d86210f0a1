using AltSendme.Abstractions;

namespace AltSendme.Relays.Server.Access;

/// <summary>Everybody.</summary>
internal sealed class EveryoneRule : IAccessRule
{
    public ValueTask<bool> AdmitsAsync(EndpointId endpoint, string? token, CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
