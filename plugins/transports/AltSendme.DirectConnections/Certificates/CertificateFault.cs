namespace AltSendme.DirectConnections.Certificates;

/// <summary>Why a peer's certificate was refused.</summary>
public enum CertificateFault
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The peer showed no certificate.</summary>
    Missing,

    /// <summary>The peer showed more than one certificate.</summary>
    NotAlone,

    /// <summary>It is no X.509 certificate of version 3, or larger than any honest one.</summary>
    Malformed,

    /// <summary>Its key is not on P-256, or it is not signed with ECDSA and SHA-256.</summary>
    UnsupportedAlgorithm,

    /// <summary>It is not valid yet, or no longer.</summary>
    NotValidNow,

    /// <summary>It has a critical extension that is not understood here.</summary>
    UnknownCriticalExtension,

    /// <summary>It does not name an endpoint key.</summary>
    SignedKeyMissing,

    /// <summary>The statement about the endpoint key can't be read.</summary>
    SignedKeyMalformed,

    /// <summary>The endpoint key is of another kind than Ed25519.</summary>
    NotAnEd25519Key,

    /// <summary>The endpoint key did not sign this certificate's key.</summary>
    EndpointSignatureWrong,

    /// <summary>The certificate is not signed by its own key.</summary>
    SelfSignatureWrong,
}
