using AltSendme.Abstractions;

namespace AltSendme.Relays.Server.Access;

/// <summary>Those on a list, or all but those.</summary>
internal sealed class ListRule(IReadOnlySet<EndpointId> listed, bool admitted) : IAccessRule
{
    public ValueTask<bool> AdmitsAsync(EndpointId endpoint, string? token, CancellationToken cancellationToken) => ValueTask.FromResult(listed.Contains(endpoint) == admitted);
}
