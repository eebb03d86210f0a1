namespace AltSendme.Primitives.Cryptography;

/// <summary>A secret key of Ed25519 that one implementation holds; disposing clears it. Callers have checked the lengths.</summary>
internal interface IEd25519Key : IDisposable
{
    void Sign(ReadOnlySpan<byte> message, Span<byte> signature);
}
