using AltSendme.Primitives.Cryptography;

namespace AltSendme.Primitives.Tests.Cryptography;

public sealed class ChaCha20BlockTests
{
    /// <summary>RFC 8439, section 2.3.2.</summary>
    [Fact]
    public void The_block_is_the_one_of_the_RFC()
    {
        var key = Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        var block = new byte[ChaCha20Block.Length];

        ChaCha20Block.Compute(key, 1, Convert.FromHexString("000000090000004a00000000"), block);

        Assert.Equal(
            "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4ed2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e", Convert.ToHexStringLower(block));
    }

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
