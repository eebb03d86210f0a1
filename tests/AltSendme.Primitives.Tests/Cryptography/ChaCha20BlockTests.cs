using AltSendme.Primitives.Cryptography;

namespace AltSendme.Primitives.Tests.Cryptography;

public sealed class ChaCha20BlockTests
{
    /// <summary>draft-irtf-cfrg-xchacha-03, section 2.2.1.</summary>
    [Fact]
    public void The_derived_key_is_the_one_of_the_draft()
    {
        var key = Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        var derived = new byte[ChaCha20Block.KeyLength];

        ChaCha20Block.DeriveKey(key, Convert.FromHexString("000000090000004a0000000031415927"), derived);

        Assert.Equal("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc", Convert.ToHexStringLower(derived));
    }
}
