using AltSendme.Core.Identity;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Core.Tests.Identity;

public sealed class EndpointKeyTests
{
    private static readonly byte[] Seed = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    [Fact]
    public void The_id_is_the_public_key_of_the_secret()
    {
        using var key = EndpointKey.FromSeed(Seed);

        Assert.Equal("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", key.Id.ToString());
    }

    [Fact]
    public void What_it_signs_is_proved_by_its_id()
    {
        using var key = EndpointKey.Generate();
        var signature = new byte[Ed25519.SignatureLength];

        key.Sign("a message"u8, signature);

        Assert.True(Ed25519.Verify(key.Id.ToArray(), "a message"u8, signature));
    }

    [Fact]
    public void Every_share_can_have_a_key_of_its_own()
    {
        using var one = EndpointKey.Generate();
        using var other = EndpointKey.Generate();

        Assert.NotEqual(one.Id, other.Id);
    }

    [Fact]
    public void Nothing_is_signed_after_the_key_is_gone()
    {
        var key = EndpointKey.Generate();
        var id = key.Id;
        key.Dispose();
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Sign([], new byte[64]));
        Assert.Throws<ObjectDisposedException>(() => key.CopySeedTo(new byte[32]));
        Assert.Equal(id, key.Id);
    }

    [Fact]
    public void It_prints_as_the_short_form_of_its_id()
    {
        using var key = EndpointKey.FromSeed(Seed);

        Assert.Equal("d75a980182", $"{key}");
    }

    [Fact]
    public void A_secret_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => EndpointKey.FromSeed(new byte[31]));
}
