namespace AltSendme.Quic.Paths;

/// <summary>Before an address is validated it gets at most three times what came from it (RFC 9000, sections 8.1 and 9.3.1).</summary>
internal sealed class AntiAmplification(bool isValidated)
{
    private ulong _received;
    private ulong _sent;

    /// <summary>Whether the peer is known to receive at this address.</summary>
    public bool IsValidated { get; private set; } = isValidated;

    /// <summary>Bytes that may be sent now.</summary>
    public ulong Allowance => IsValidated ? ulong.MaxValue : (_received * Limits.AmplificationFactor) - Math.Min(_sent, _received * Limits.AmplificationFactor);

    /// <summary>A datagram came from the address.</summary>
    public void OnReceived(int size) => _received += (ulong)size;

    /// <summary>A datagram was sent to the address.</summary>
    public void OnSent(int size) => _sent += (ulong)size;

    /// <summary>The address is validated.</summary>
    public void OnValidated() => IsValidated = true;
}
