using System.Formats.Asn1;

namespace AltSendme.DirectConnections.Certificates;

/// <summary>The parts of an X.509 certificate (RFC 5280, section 4.1) that is judged. Nothing here has been verified yet.</summary>
/// <param name="Signed">What the certificate's signature covers.</param>
/// <param name="SubjectPublicKeyInfo">The certificate's key.</param>
/// <param name="KeyAlgorithm">Algorithm of the key.</param>
/// <param name="KeyCurve">Curve of the key; empty for keys of other kinds.</param>
/// <param name="SignatureAlgorithm">Algorithm of the signature.</param>
/// <param name="Signature">The signature.</param>
/// <param name="NotBefore">Begin of validity.</param>
/// <param name="NotAfter">End of validity.</param>
/// <param name="SignedKey">Value of the libp2p public key extension; null when it is missing.</param>
/// <param name="HasUnknownCriticalExtension">Whether a critical extension is not understood.</param>
internal sealed record CertificateParts(
    ReadOnlyMemory<byte> Signed,
    ReadOnlyMemory<byte> SubjectPublicKeyInfo,
    string KeyAlgorithm,
    string KeyCurve,
    string SignatureAlgorithm,
    ReadOnlyMemory<byte> Signature,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    ReadOnlyMemory<byte>? SignedKey,
    bool HasUnknownCriticalExtension)
{
    /// <summary>Object identifier of elliptic curve keys (RFC 5480).</summary>
    public const string EcPublicKey = "1.2.840.10045.2.1";

    /// <summary>Longest certificate that is looked at, in bytes; an honest one has less than 500.</summary>
    public const int MaxLength = 4096;

    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag IssuerUniqueIdTag = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag SubjectUniqueIdTag = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3, isConstructed: true);

    /// <summary>Takes a certificate apart; null when it is none.</summary>
    public static CertificateParts? TryRead(ReadOnlyMemory<byte> certificate)
    {
        if (certificate.Length > MaxLength)
            return null;
        try
        {
            return Read(certificate);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static CertificateParts Read(ReadOnlyMemory<byte> certificate)
    {
        var outer = new AsnReader(certificate, AsnEncodingRules.DER);
        var parts = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var signed = parts.PeekEncodedValue();
        var body = parts.ReadSequence();
        var signatureAlgorithm = ReadAlgorithm(parts, out _);
        var signature = parts.ReadBitString(out var unusedBits);
        parts.ThrowIfNotEmpty();
        if (unusedBits != 0)
            throw new AsnContentException();

        var version = body.ReadSequence(VersionTag);
        if (!version.TryReadInt32(out var number) || number != 2)   // version 3 is written as 2
            throw new AsnContentException();
        body.ReadIntegerBytes();   // serial number
        if (ReadAlgorithm(body, out _) != signatureAlgorithm)
            throw new AsnContentException();
        body.ReadSequence();   // issuer
        var validity = body.ReadSequence();
        var notBefore = ReadTime(validity);
        var notAfter = ReadTime(validity);
        validity.ThrowIfNotEmpty();
        body.ReadSequence();   // subject

        var subjectPublicKeyInfo = body.PeekEncodedValue();
        var key = body.ReadSequence();
        var keyAlgorithm = ReadAlgorithm(key, out var curve);
        key.ReadBitString(out _);
        key.ThrowIfNotEmpty();

        if (body.HasData && (body.PeekTag().HasSameClassAndValue(IssuerUniqueIdTag) || body.PeekTag().HasSameClassAndValue(SubjectUniqueIdTag)))
            throw new AsnContentException();   // the scheme forbids them
        var (signedKey, isCritical) = ReadExtensions(body);
        body.ThrowIfNotEmpty();
        return new CertificateParts(signed, subjectPublicKeyInfo, keyAlgorithm, curve, signatureAlgorithm, signature, notBefore, notAfter, signedKey, isCritical);
    }

    private static string ReadAlgorithm(AsnReader reader, out string parameter)
    {
        var algorithm = reader.ReadSequence();
        var identifier = algorithm.ReadObjectIdentifier();
        parameter = algorithm.HasData && algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier) ? algorithm.ReadObjectIdentifier() : "";
        return identifier;
    }

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static (ReadOnlyMemory<byte>? SignedKey, bool HasUnknownCritical) ReadExtensions(AsnReader body)
    {
        ReadOnlyMemory<byte>? signedKey = null;
        var hasUnknownCritical = false;
        if (!body.HasData)
            return (signedKey, hasUnknownCritical);

        var wrapper = body.ReadSequence(ExtensionsTag);
        var extensions = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var identifier = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            var value = extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            if (identifier != Certificates.SignedKey.ExtensionOid)
                hasUnknownCritical |= isCritical;
            else if (signedKey is not null)
                throw new AsnContentException();
            else
                signedKey = value;
        }

        return (signedKey, hasUnknownCritical);
    }
}
