using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Certificates;

namespace AltSendme.DirectConnections.Handshakes;

/// <summary>What the peer proved in one handshake. TLS asks it about the certificate, and it remembers its verdict for whoever waits for the handshake.</summary>
/// <param name="time">The clock that certificates are checked by.</param>
/// <param name="expected">The endpoint that was dialled; null where any may call.</param>
public sealed class PeerProof(TimeProvider time, EndpointId? expected)
{
    /// <summary>The endpoint that the certificate proves, once TLS has accepted it.</summary>
    public EndpointId Id { get; private set; }

    /// <summary>What is wrong with the certificate.</summary>
    public CertificateFault Fault { get; private set; } = CertificateFault.Missing;

    /// <summary>Whether a sound certificate proved another endpoint than the one dialled.</summary>
    public bool IsOtherKey { get; private set; }

    /// <summary>The platform's callback. The chain that the platform built is looked at only for the number of certificates; its verdict means nothing here.</summary>
    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return false;

        var bytes = certificate.GetRawCertData();
        if (!IsAlone(bytes, chain))
        {
            Fault = CertificateFault.NotAlone;
            return false;
        }

        if (!PeerCertificate.TryVerify(bytes, time.GetUtcNow(), out var id, out var fault))
        {
            Fault = fault;
            return false;
        }

        Id = id;
        Fault = CertificateFault.None;
        IsOtherKey = expected is { } wanted && wanted != id;
        return !IsOtherKey;
    }

    /// <summary>Why the handshake failed, where somebody else answered: code <c>peer.other-key</c>.</summary>
    /// <param name="cause">What the platform says.</param>
    public TransportException? OtherKey(Exception cause) => IsOtherKey ? new TransportException("peer.other-key", $"another endpoint answered, {Id.ToShortString()}", cause) : null;

    /// <summary>Why the handshake failed otherwise.</summary>
    /// <param name="protocol">What the transport speaks.</param>
    public string Explain(string protocol) => Fault is CertificateFault.None or CertificateFault.Missing
        ? $"the {protocol} handshake failed (another protocol, or no AltSendme there)"
        : $"the peer's certificate is not acceptable ({Fault})";

    /// <summary>Whether the peer sent this one certificate only: everything that it sent stands in the extra store, on some platforms the certificate itself too.</summary>
    internal static bool IsAlone(ReadOnlySpan<byte> certificate, X509Chain? chain)
    {
        foreach (var sent in chain?.ChainPolicy.ExtraStore ?? [])
        {
            if (!certificate.SequenceEqual(sent.RawDataMemory.Span))
                return false;
        }

        return true;
    }
}
