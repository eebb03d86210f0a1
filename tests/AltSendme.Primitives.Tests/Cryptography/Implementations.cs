using AltSendme.Primitives.Cryptography;
using AltSendme.Primitives.Cryptography.LibCrypto;
using AltSendme.Primitives.Cryptography.Managed;

namespace AltSendme.Primitives.Tests.Cryptography;

/// <summary>Every implementation that this machine can run: the same vectors and rules hold for each.</summary>
internal static class Implementations
{
    private const string Managed = "managed";
    private const string LibCrypto = "libcrypto";

    public static string[] All { get; } = LibCryptoLibrary.IsUsable ? [Managed, LibCrypto] : [Managed];

    public static IEd25519 Ed25519(string name) => name == LibCrypto ? new LibCryptoEd25519() : new ManagedEd25519();

    public static IX25519 X25519(string name) => name == LibCrypto ? new LibCryptoX25519() : new ManagedX25519();

    /// <summary>What the public type does, with the implementation chosen.</summary>
    public static bool VerifyStrictly(this IEd25519 implementation, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        StrictRules.Admit(publicKey, signature) && implementation.Verify(publicKey, message, signature);
}

/// <summary>Runs a test once with each of <see cref="Implementations"/>.</summary>
internal sealed class EachImplementation : TheoryData<string>
{
    public EachImplementation()
    {
        foreach (var name in Implementations.All)
            Add(name);
    }
}
